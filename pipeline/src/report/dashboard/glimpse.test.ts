import { describe, expect, it } from "vitest";
import {
  coverage,
  noTests,
  samplePlan,
  sampleRun,
  stageRun,
  stepRun,
} from "../../../test/builders/run.ts";
import { greenRun, redRun } from "../../../test/builders/sample-runs.ts";
import type { RunFact } from "./facts.ts";
import { runFact } from "./glimpse.ts";

function factOf(run: unknown): RunFact {
  const read = runFact(JSON.parse(JSON.stringify(run)), "a-run");
  if (!read.ok) throw new Error(read.why);
  return read.fact;
}

describe("what is kept of a run", () => {
  it("is what the metrics need", () => {
    const tests = { ...noTests(), passed: 3, failed: 1, flaky: ["a", "a", "b"] };
    const run = sampleRun({
      verdict: "failed",
      stages: [
        stageRun("unit-tests", {
          startedAt: 2,
          seconds: 9,
          tests: { passed: 3, failed: 1, skipped: 7 },
          coverage: coverage({
            lines: { covered: 1, total: 2 },
            branches: { covered: 0, total: 2 },
          }),
          steps: [stepRun("test", { tests })],
        }),
        stageRun("code-quality", {
          steps: [stepRun("lint", { reused: true }), stepRun("upload", { outcome: "skipped" })],
        }),
        stageRun("smoke-tests", { outcome: "skipped" }),
      ],
    });
    expect(factOf(run)).toMatchObject({
      id: "a-run",
      at: Date.parse("2026-11-23T09:30:00Z"),
      seconds: 74.8,
      verdict: "failed",
      event: "pull-request",
      branch: "feature/voice",
      checked: true,
      whole: true,
      coverage: 25,
      flaky: ["a", "b"],
      stages: [
        {
          id: "unit-tests",
          startedAt: 2,
          seconds: 9,
          tests: { passed: 3, failed: 1 },
          reused: false,
        },
        { id: "code-quality", reused: true },
      ],
    });
  });

  it("knows a deploy by its own word, and a run of some stages only", () => {
    const stages = [stageRun("deploy-production"), stageRun("unit-tests", { outcome: "skipped" })];
    expect(factOf(sampleRun({ stages })).checked).toBe(false);
    const plan = samplePlan({ asked: ["unit-tests"] });
    expect(factOf(greenRun({ plan })).whole).toBe(false);
  });

  it("is little, however much a run says", () => {
    const names = Array.from({ length: 500 }, (_, index) => `${index} ${"x".repeat(500)}`);
    const steps = [stepRun("test", { tests: { ...noTests(), flaky: names } })];
    const { flaky } = factOf(redRun({ stages: [stageRun("unit-tests", { steps })] }));
    expect(flaky.length).toBe(100);
    expect(Math.max(...flaky.map((name) => name.length))).toBe(300);
  });
});

describe("what is no run", () => {
  it.each([
    ["a file that is no JSON", undefined, "no JSON: damaged, or only half written"],
    ["another version", { ...sampleRun(), version: 2 }, "of another version of Gantry"],
    ["nothing", null, "of another version of Gantry"],
    ["a list", [], "of another version of Gantry"],
    ["a run without stages", { ...sampleRun(), stages: 7 }, "no run: it lacks what every run has"],
    ["a negative time", { ...sampleRun(), seconds: -1 }, "no run: it lacks what every run has"],
    ["no date", { ...sampleRun(), startedAt: "now" }, "no run: it lacks what every run has"],
  ])("%s is left out by name", (_, json, why) => {
    expect(runFact(json, "x")).toEqual({ ok: false, why });
  });
});
