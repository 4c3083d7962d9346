import { describe, expect, it } from "vitest";
import { aMonth, day, fact, factsOf, now } from "../../../../test/builders/facts.ts";
import { buildDuration, coverageMetric, runSuccess } from "./runs.ts";

describe("build duration", () => {
  it("is the median of whole runs that passed or failed, without their deploy", () => {
    const runs = factsOf(5, (index) => ({
      seconds: 100 + index * 10,
      deploySeconds: index === 0 ? 40 : 0,
      verdict: index % 2 ? "failed" : "passed",
    }));
    const aside = [
      fact({ verdict: "cancelled", seconds: 1 }),
      fact({ verdict: "unknown", seconds: 2 }),
      fact({ whole: false, seconds: 3 }),
      fact({ checked: false, seconds: 4 }),
      fact({ at: aMonth.from - 1, seconds: 5 }),
      fact({
        seconds: 6,
        stages: [{ id: "unit-tests", outcome: "passed", seconds: 0, reused: true }],
      }),
    ];
    expect(buildDuration([...runs, ...aside], aMonth)).toMatchObject({
      count: 5,
      value: 120,
      holds: "yes",
      apart: [
        { count: 1 },
        { why: "cancelled", count: 1 },
        { why: "nothing had to run", count: 1 },
      ],
    });
  });

  it.each([0, 1, 4])("of %i runs says how many there are, and no number", (count) => {
    const metric = buildDuration(
      factsOf(count, () => ({})),
      aMonth,
    );
    expect(metric).toMatchObject({
      count,
      holds: "unknown",
      lacks: `not enough: ${count} of 5 runs`,
    });
    expect(metric).not.toHaveProperty("value");
    expect(metric).not.toHaveProperty("p95");
    expect(metric).not.toHaveProperty("trend");
  });

  it("shows a target that is missed, and each event by itself", () => {
    const runs = factsOf(25, (index) => ({
      seconds: 400,
      event: index < 21 ? "push" : "schedule",
    }));
    expect(buildDuration(runs, aMonth)).toMatchObject({
      holds: "no",
      p95: 400,
      parts: [
        { name: "push", count: 21, value: 400, p95: 400 },
        { name: "schedule", count: 4 },
      ],
    });
  });

  it("never shows a negative time: clocks that disagree are counted apart", () => {
    const runs = factsOf(6, (index) => (index === 0 ? { seconds: 10, deploySeconds: 60 } : {}));
    const metric = buildDuration(runs, aMonth);
    expect(metric).toMatchObject({
      count: 5,
      value: 100,
      apart: [{ why: "ended before it began: clocks that disagree", count: 1 }],
    });
    expect(metric.series.every(({ value }) => value >= 0)).toBe(true);
  });

  it("compares the halves of the time only where both have enough", () => {
    const late = factsOf(5, () => ({ seconds: 50 }));
    const early = factsOf(5, (index) => ({ seconds: 100, at: now - 20 * day - index }));
    expect(buildDuration([...late, ...early], aMonth).trend).toEqual({
      first: 100,
      last: 50,
      direction: "down",
    });
    expect(buildDuration([...late, ...early.slice(1)], aMonth)).not.toHaveProperty("trend");
  });
});

describe("success of runs", () => {
  it("is passed of passed and failed; cancelled and unknown ones stand apart", () => {
    const decided = factsOf(20, (index) => ({ verdict: index === 0 ? "failed" : "passed" }));
    const others = [fact({ verdict: "cancelled" }), fact({ verdict: "unknown" })];
    expect(runSuccess([...decided, ...others], aMonth)).toMatchObject({
      count: 20,
      value: 95,
      holds: "yes",
      apart: [{ count: 1 }, { count: 1 }],
    });
  });

  it("of nothing but cancelled runs is not known", () => {
    const runs = factsOf(30, () => ({ verdict: "cancelled" }));
    expect(runSuccess(runs, aMonth)).toMatchObject({ count: 0, holds: "unknown" });
  });
});

describe("coverage", () => {
  it("is what the newest run that measured it says", () => {
    const runs = [
      fact({ id: "c", at: now - 1, seconds: 1 }),
      fact({ id: "a", at: now - 3, coverage: 90 }),
      fact({ id: "b", at: now - 2, coverage: 69.9 }),
    ];
    expect(coverageMetric(runs, aMonth)).toMatchObject({ value: 69.9, count: 2, holds: "no" });
    expect(coverageMetric(runs.toReversed(), aMonth)).toMatchObject({ value: 69.9 });
    expect(coverageMetric([], aMonth)).toMatchObject({ holds: "unknown" });
  });

  it("of exactly the target holds", () => {
    expect(coverageMetric([fact({ coverage: 70 })], aMonth).holds).toBe("yes");
  });
});
