import { describe, expect, it } from "vitest";
import { aMonth, fact, now } from "../../../../test/builders/facts.ts";
import type { StageFact } from "../facts.ts";
import { testPyramid } from "./pyramid.ts";

function tested(id: StageFact["id"], passed: number): StageFact {
  return { id, outcome: "passed", seconds: 1, tests: { passed, failed: 0 }, reused: false };
}

const shares = (stages: readonly StageFact[]) =>
  testPyramid([fact({ stages })], aMonth).levels.map(({ share }) => share);

describe("the test pyramid", () => {
  it("holds where every level is near its share", () => {
    const stages = [
      tested("unit-tests", 80),
      tested("integration-tests", 15),
      tested("smoke-tests", 5),
    ];
    expect(shares(stages)).toEqual([80, 15, 5]);
    expect(testPyramid([fact({ stages })], aMonth).holds).toBe("yes");
  });

  it("does not hold where it stands on its head", () => {
    const stages = [tested("unit-tests", 10), tested("e2e-tests", 90)];
    expect(testPyramid([fact({ stages })], aMonth).holds).toBe("no");
  });

  it("takes each stage from the newest run in which it had tests", () => {
    const runs = [
      fact({ id: "old", at: now - 3, stages: [tested("unit-tests", 1)] }),
      fact({ id: "new", at: now - 2, stages: [tested("unit-tests", 75)] }),
      fact({ id: "other", at: now - 1, stages: [tested("integration-tests", 25)] }),
    ];
    const { levels } = testPyramid(runs, aMonth);
    expect(levels.map(({ stages }) => stages)).toEqual([
      [{ id: "unit-tests", tests: 75, run: "new" }],
      [{ id: "integration-tests", tests: 25, run: "other" }],
      [],
    ]);
  });

  it("counts the same tests in two environments once", () => {
    const stages = [tested("deploy-staging", 4), tested("deploy-production", 5)];
    const [, , endToEnd] = testPyramid([fact({ stages })], aMonth).levels;
    expect(endToEnd?.tests).toBe(5);
  });

  it("never takes tests that could not run for none", () => {
    const stages: StageFact[] = [
      tested("unit-tests", 100),
      { id: "integration-tests", outcome: "not-checked", seconds: 0, reused: false },
    ];
    const pyramid = testPyramid([fact({ stages })], aMonth);
    expect(pyramid).toMatchObject({
      holds: "unknown",
      lacks: "not known: integration tests could not run",
    });
    expect(pyramid.levels[1]).not.toHaveProperty("tests");
  });

  it.each([
    [[], "not enough: no tests ran"],
    [[tested("unit-tests", 19)], "not enough: 19 of 20 tests"],
  ])("of too few tests has no shape", (stages, lacks) => {
    expect(testPyramid([fact({ stages })], aMonth)).toMatchObject({ holds: "unknown", lacks });
  });
});
