import { describe, expect, it } from "vitest";
import { coverage, stageRun } from "../../test/builders/run.ts";
import { greenRun } from "../../test/builders/sample-runs.ts";
import { coverageChange, readBaseCoverage } from "./base-coverage.ts";
import { stateJson } from "./state.ts";

describe("readBaseCoverage", () => {
  it("reads a run and a state alike", () => {
    const run = greenRun();
    const { branch, commit } = run.plan.trigger;
    const expected = { branch, commit, stages: { "unit-tests": 75.2 } };
    expect(readBaseCoverage(run)).toMatchObject(expected);
    expect(readBaseCoverage(stateJson(run))).toMatchObject(expected);
  });

  it.each([undefined, null, [], "", { stages: [] }, { commit_sha: "a", branch: "b" }])(
    "reads nothing in %j",
    (json) => expect(readBaseCoverage(json)).toBeUndefined(),
  );
});

describe("coverageChange", () => {
  it.each([
    [75.2, 74.9, "+0.3"],
    [74.9, 75.2, "−0.3"],
    [75.29, 75.2, "±0"],
    [69.96, 70, "−0.1"],
    [100, 0, "+100"],
  ])("%d after %d: %s", (percent, before, expected) => {
    const stage = stageRun("unit-tests", { coverage: coverage({ percent }) });
    const base = { branch: "main", commit: "a", stages: { "unit-tests": before } };
    expect(coverageChange(stage, base)).toBe(expected);
    expect(coverageChange(stageRun("unit-tests"), base)).toBe("");
    expect(coverageChange(stage, { ...base, stages: {} })).toBe("");
  });
});
