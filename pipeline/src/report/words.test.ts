import { describe, expect, it } from "vitest";
import { coverage, outcomes, sampleRun, stageRun } from "../../test/builders/run.ts";
import { cancelledRun, greenRun, redRun, unknownRun } from "../../test/builders/sample-runs.ts";
import { mendOf } from "./mend.ts";
import {
  coverageLack,
  coverageWords,
  duration,
  lineRanges,
  listed,
  percent,
  plural,
  testWords,
  verdictSentence,
  wordsOf,
} from "./words.ts";

describe("duration", () => {
  it.each([
    [0, "0s"],
    [Number.NaN, "0s"],
    [0.01, "<0.1s"],
    [0.4, "0.4s"],
    [59.94, "59.9s"],
    [59.96, "1m 00s"],
    [123, "2m 03s"],
    [3599.6, "1h 00m"],
    [7260, "2h 01m"],
  ])("%d is %s", (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });
});

describe("small words", () => {
  it.each([
    [69.96, "69.9%"],
    [70, "70%"],
    [99.99, "99.9%"],
    [62.5, "62.5%"],
    [(100 * 29) / 100, "29%"],
  ])("%d percent reads %s", (value, expected) => {
    expect(percent(value)).toBe(expected);
  });

  it("counts and lists", () => {
    expect([plural(1, "test"), plural(0, "test"), plural(2, "branch", "branches")]).toEqual([
      "1 test",
      "0 tests",
      "2 branches",
    ]);
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
    expect(testWords({ passed: 3, failed: 0, skipped: 1 })).toBe("3 passed, 1 skipped");
    expect(testWords({ passed: 0, failed: 0, skipped: 0 })).toBe("no tests");
  });

  it("folds lines into ranges", () => {
    expect(lineRanges([4, 10, 11, 13])).toBe("4, 10–11, 13");
    expect(lineRanges([1, 3, 5], 2)).toBe("1, 3, …");
    expect(lineRanges([])).toBe("");
  });
});

describe("coverage in words", () => {
  it("says what is lacking in lines and branches", () => {
    const below = coverage({
      percent: 62.5,
      lines: { covered: 8, total: 12 },
      branches: { covered: 2, total: 4 },
    });
    expect(coverageLack(below)).toBe(2);
    expect(coverageWords(below)).toBe("62.5% < 70%");
    expect(coverageWords(coverage())).toBe("75.2%");
    expect(coverageLack(coverage())).toBe(0);
  });
});

describe("verdictSentence", () => {
  it.each([
    [greenRun(), "Passed: 3 stages in 1m 15s."],
    [redRun(), "Failed: code-quality and unit-tests, after 1m 36s."],
    [unknownRun(), "Unknown: smoke-tests (not checked). What was not checked is not passed."],
    [sampleRun({ verdict: "unknown" }), "Unknown: nothing was checked, and that is not a pass."],
    [
      cancelledRun(),
      "Cancelled after 14.2s: what had ended by then stands, the rest is not known.",
    ],
    [
      greenRun({
        stages: [
          stageRun("unit-tests"),
          stageRun("integration-tests", { outcome: "failed", blocking: false }),
        ],
      }),
      "Passed: 1 stage in 1m 15s. integration-tests did not pass, but does not block.",
    ],
  ])("%#: $verdict", (run, expected) => {
    expect(verdictSentence(run)).toBe(expected);
  });
});

describe("wordsOf and mendOf", () => {
  it.each(outcomes)("have words for %s", (outcome) => {
    const stage = stageRun("unit-tests", { outcome });
    expect(wordsOf(stage).word).not.toBe("");
    const needsMend = outcome !== "passed" && outcome !== "skipped";
    expect(mendOf(stage) !== "").toBe(needsMend);
  });

  it("never call green what does not block", () => {
    expect(wordsOf({ outcome: "failed", blocking: false })).toMatchObject({
      word: "failed, not blocking",
      colour: "yellow",
    });
    expect(wordsOf({ outcome: "passed", blocking: false }).word).toBe("passed");
  });

  it("name the tool that mends its own findings", () => {
    const [stage] = redRun().stages;
    expect(stage && mendOf(stage)).toBe("`ruff check --fix` mends some of it");
  });
});
