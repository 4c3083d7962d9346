import { describe, expect, it } from "vitest";
import { allFacts, environmentFacts, factsOf } from "../../../test/builders/facts.ts";
import { createPen, displayWidth } from "../terminal/paint.ts";
import { makeDashboard } from "./make-dashboard.ts";
import { dashboardText } from "./terminal.ts";
import { roundValue, shownValue, summarySentence, trendWords } from "./words.ts";

const pen = createPen({ color: false, width: 80 });

describe("the dashboard in a terminal", () => {
  const facts = allFacts({
    name: "rose\u001b[2J",
    runs: factsOf(12, () => ({})),
    runsLeftOut: [{ why: "of another version of Gantry", count: 3 }],
    environments: [environmentFacts([], { unavailable: `no \u001b]0;token ${"and ".repeat(40)}` })],
    measured: "production",
  });
  const text = dashboardText(makeDashboard(facts), pen);

  it("has a line a metric, with its target and how much was seen", () => {
    expect(text).toMatch(/^✓ {2}Build duration +at most 5m +1m 40s +n = 12 runs$/m);
    expect(text).toMatch(/^\? {2}Coverage +at least 70% +not enough: 0 of 1 runs$/m);
    expect(text).toContain("! runs left out: 3 of another version of Gantry");
    expect(text).toContain("2 of 9 targets hold and 7 are not known.");
  });

  it("keeps to eighty columns, and lets nothing act", () => {
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\u001b");
  });
});

describe("words", () => {
  it.each([
    [300, "seconds", "5m 00s", "5m"],
    [10, "seconds", "10.0s", "10s"],
    [200_000, "seconds", "2.3 days", "2.3 days"],
    [172_800, "seconds", "2.0 days", "2 days"],
    [69.96, "percent", "69.9%", "69.9%"],
    [2, "per-day", "2 a day", "2 a day"],
    [0.033, "per-day", "0.03 a day", "0.03 a day"],
  ] as const)("%d %s is %s", (value, unit, shown, round) => {
    expect(shownValue(value, unit)).toBe(shown);
    expect(roundValue(value, unit)).toBe(round);
  });

  it.each([
    ["build-duration", "seconds", "better: 50.0s in the first half, 40.0s in the last"],
    ["coverage", "percent", "worse: 50% in the first half, 40% in the last"],
    ["change-failure-rate", "percent", "better: 50% in the first half, 40% in the last"],
    ["deployment-frequency", "per-day", "worse: 50 a day in the first half, 40 a day in the last"],
  ] as const)("%s that falls is %s", (id, unit, words) => {
    const trend = { first: 50, last: 40, direction: "down" } as const;
    expect(trendWords(trend, { id, unit })).toBe(words);
  });

  it("sums up without what is none", () => {
    expect(summarySentence(["yes", "no-target"])).toBe("1 of 1 targets hold");
    expect(summarySentence(["yes", "no", "unknown"])).toBe(
      "1 of 3 targets hold, 1 is missed and 1 is not known",
    );
  });
});
