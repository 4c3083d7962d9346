import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aMonth, fact, factsOf } from "../../../../test/builders/facts.ts";
import type { StageFact } from "../facts.ts";
import { flakyTests } from "./flaky.ts";
import { slowestStages } from "./stages.ts";
import { testSuccess, testTime, unionSeconds } from "./tests.ts";

function stage(id: StageFact["id"], overrides: Partial<StageFact> = {}): StageFact {
  const tests = { passed: 10, failed: 0 };
  return { id, outcome: "passed", startedAt: 0, seconds: 10, tests, reused: false, ...overrides };
}

describe("test time", () => {
  it("counts stages side by side once, pauses not at all, and no stage without tests", () => {
    const stages = [
      stage("unit-tests", { startedAt: 0, seconds: 60 }),
      stage("integration-tests", { startedAt: 30, seconds: 60 }),
      stage("e2e-tests", { startedAt: 200, seconds: 10 }),
      stage("deploy-production", { startedAt: 300, seconds: 500 }),
    ];
    const runs = factsOf(5, () => ({ stages }));
    expect(testTime(runs, aMonth)).toMatchObject({ value: 100, count: 5, holds: "yes" });
  });

  it("leaves out what was reused or cancelled", () => {
    const runs = [
      fact({ stages: [stage("unit-tests", { reused: true, seconds: 0 })] }),
      fact({ stages: [stage("unit-tests", { outcome: "cancelled" })] }),
    ];
    expect(testTime(runs, aMonth).count).toBe(0);
  });

  it("is never more than the sum of the stages, nor less than the longest", () => {
    const spans = fc.array(
      fc.record({ startedAt: fc.nat({ max: 1000 }), seconds: fc.nat({ max: 1000 }) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(spans, (given) => {
        const found = unionSeconds(given);
        expect(found).toBeLessThanOrEqual(given.reduce((sum, { seconds }) => sum + seconds, 0));
        expect(found).toBeGreaterThanOrEqual(Math.max(...given.map(({ seconds }) => seconds)));
      }),
    );
  });
});

describe("success of tests", () => {
  it("is the mean share of tests that passed", () => {
    const runs = factsOf(5, (index) => ({
      stages: [stage("unit-tests", { tests: { passed: index ? 10 : 5, failed: index ? 0 : 5 } })],
    }));
    expect(testSuccess(runs, aMonth)).toMatchObject({ value: 90, holds: "no" });
  });

  it("of runs whose tests were all skipped is not known", () => {
    const runs = factsOf(9, () => ({
      stages: [stage("unit-tests", { tests: { passed: 0, failed: 0 } })],
    }));
    expect(testSuccess(runs, aMonth)).toMatchObject({ count: 0, holds: "unknown" });
  });
});

describe("flaky tests", () => {
  it("are named with the runs in which they were, those of most first", () => {
    const runs = factsOf(4, (index) => ({
      stages: [stage("unit-tests")],
      flaky: index < 2 ? ["b"] : index === 2 ? ["a", "b"] : [],
    }));
    expect(flakyTests(runs, aMonth)).toMatchObject([
      { name: "b", runs: 3, of: 4, last: new Date(runs[0]?.at ?? 0).toISOString() },
      { name: "a", runs: 1, of: 4 },
    ]);
    expect(flakyTests([], aMonth)).toEqual([]);
  });
});

describe("slowest stages", () => {
  it("are sorted by their median; of few runs there is none", () => {
    const runs = factsOf(5, (index) => ({
      stages: [
        stage("unit-tests", { seconds: 5 }),
        stage("code-quality", { seconds: 50 }),
        ...(index < 2 ? [stage("smoke-tests", { seconds: 900 })] : []),
      ],
    }));
    const found = slowestStages(runs, aMonth);
    expect(found.map(({ id, value }) => [id, value])).toEqual([
      ["code-quality", 50],
      ["unit-tests", 5],
      ["smoke-tests", undefined],
    ]);
  });

  it("are those that came to an end of their own, in this run", () => {
    const runs = factsOf(5, () => ({
      stages: [
        stage("unit-tests", { reused: true }),
        stage("code-quality", { outcome: "cancelled" }),
        stage("smoke-tests", { outcome: "failed" }),
        stage("integration-tests", { outcome: "not-checked" }),
      ],
    }));
    expect(slowestStages(runs, aMonth).map(({ id }) => id)).toEqual(["smoke-tests"]);
  });
});
