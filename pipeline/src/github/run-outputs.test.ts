import { describe, expect, it } from "vitest";
import { sampleDeployment } from "../../test/builders/run.ts";
import { greenRun } from "../../test/builders/sample-runs.ts";
import type { Run } from "../execute/run.ts";
import { runOutputs } from "./run-outputs.ts";

function runWith(change: {
  readonly event?: Run["plan"]["trigger"]["event"];
  readonly planned?: boolean;
  readonly units?: "passed" | "failed";
}): Run {
  const { event = "push", planned = true, units = "passed" } = change;
  const base = greenRun();
  const [stage] = base.plan.stages;
  const [ran] = base.stages;
  if (!stage || !ran) throw new Error("the sample has no stage");
  const needs: typeof stage.needs = ["unit-tests"];
  return {
    ...base,
    plan: {
      ...base.plan,
      trigger: { ...base.plan.trigger, event },
      stages: [
        { ...stage, id: "unit-tests" },
        { ...stage, id: "deploy-staging", kind: "act", needs, run: planned },
      ],
    },
    stages: [
      { ...ran, id: "unit-tests", outcome: units },
      { ...ran, id: "deploy-staging", outcome: "skipped" },
    ],
  };
}

describe("what later jobs are told", () => {
  it("deploys what the plan deploys, where all that it needs was green", () => {
    expect(runOutputs(runWith({}))).toMatchObject({
      "deploy-staging": "true",
      "deploy-production": "false",
      url: "",
    });
  });

  it.each([
    ["the plan leaves it out", { planned: false }],
    ["it is a pull request", { event: "pull-request" }],
    ["its tests failed", { units: "failed" }],
  ] as const)("does not where %s", (_why, change) => {
    expect(runOutputs(runWith(change))["deploy-staging"]).toBe("false");
  });

  it("tells where a deploy is reached, as an address in one line", () => {
    const at = (url: string): string | undefined =>
      runOutputs({ ...greenRun(), deployment: sampleDeployment({ url }) }).url;
    expect(at("https://app.example/x")).toBe("https://app.example/x");
    expect(at("https://app.example/x\nrun=forged")).not.toContain("\n");
    expect(at("javascript:alert(1)")).toBe("");
  });

  it("holds every value in one line", () => {
    for (const value of Object.values(runOutputs(greenRun()))) expect(value).not.toContain("\n");
  });
});
