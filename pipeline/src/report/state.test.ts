import { describe, expect, it } from "vitest";
import { outcomes, sampleDeployment, sampleRun, stageRun } from "../../test/builders/run.ts";
import { greenRun, redRun, unknownRun } from "../../test/builders/sample-runs.ts";
import { stateJson } from "./state.ts";

describe("stateJson", () => {
  it("has the seed's form", () => {
    const { gantry: _, ...state } = stateJson(greenRun({ startedAt: "2025-10-23T10:30:00.123Z" }));
    expect(state).toEqual({
      workflow_run_id: "2026-11-23-0930-4f2a",
      commit_sha: "4f2a91c07de55bd9a3b1f0c8e6d7a4b2c1908f7e",
      branch: "feature/voice",
      triggered_by: "pull_request",
      timestamp: "2025-10-23T10:30:00Z",
      jobs: {
        "code-quality": { status: "success", duration: 8 },
        "unit-tests": { status: "success", duration: 64, coverage: 75.2 },
        "integration-tests": { status: "success", duration: 42 },
        "deploy-staging": { status: "skipped", duration: 0 },
        "deploy-production": { status: "skipped", duration: 0 },
        "create-release": { status: "skipped", duration: 0 },
      },
    });
  });

  it("knows only the four states, and success is only what passed", () => {
    const stages = outcomes.map((outcome) => stageRun("unit-tests", { outcome }));
    const states = stages.map(
      (stage) => stateJson(sampleRun({ stages: [stage] })).jobs["unit-tests"]?.status,
    );
    expect(states).toEqual([
      "success",
      "failure",
      "failure",
      "failure",
      "failure",
      "failure",
      "failure",
      "failure",
      "skipped",
      "cancelled",
      "failure",
    ]);
  });

  it("shows a failure that does not block as one", () => {
    expect(stateJson(redRun()).jobs["integration-tests"]).toEqual({
      status: "failure",
      duration: 30,
    });
  });

  it("rounds coverage down, so that it never reads as the gate it missed", () => {
    const { coverage } = redRun().stages[1] ?? {};
    const stage = stageRun("unit-tests", coverage && { coverage: { ...coverage, percent: 69.97 } });
    expect(stateJson(sampleRun({ stages: [stage] })).jobs["unit-tests"]?.coverage).toBe(69.9);
  });

  it("has a deployment only where there is one, its version with a v", () => {
    const deployment = sampleDeployment({ version: "1.1.0" });
    expect(stateJson(greenRun())).not.toHaveProperty("deployment");
    expect(stateJson({ ...greenRun(), deployment }, { version: "1.1.0" })).toMatchObject({
      deployment: {
        environment: "production",
        url: "https://rose.example",
        version: "v1.1.0",
        health_check: "passed",
      },
      gantry: { released: "v1.1.0" },
    });
  });

  it("keeps what is Gantry's own in a field of its own", () => {
    expect(stateJson(unknownRun()).gantry).toMatchObject({
      verdict: "unknown",
      exit: 3,
      outcomes: { "smoke-tests": "not-checked" },
    });
  });
});
