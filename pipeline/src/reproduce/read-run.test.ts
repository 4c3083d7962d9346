import { describe, expect, it } from "vitest";
import { samplePlan, sampleTrigger } from "../../test/builders/run.ts";
import { redRun } from "../../test/builders/sample-runs.ts";
import { readForeignRun } from "./read-run.ts";

function read(run: unknown) {
  return readForeignRun(typeof run === "string" ? run : JSON.stringify(run), "run.json");
}

function withTrigger(trigger: Partial<ReturnType<typeof sampleTrigger>>) {
  return redRun({ plan: samplePlan({ trigger: sampleTrigger(trigger) }) });
}

describe("a run that was made elsewhere", () => {
  it("is read as it is", () => {
    expect(read(redRun())).toEqual({ ok: true, value: redRun() });
  });

  it.each([
    ["no JSON", "{"],
    ["no run", { version: 1 }],
    ["a run with a word too many", { ...redRun(), more: 1 }],
    ["a commit that is an option", withTrigger({ commit: "--upload-pack=touch x" })],
    ["a commit with words behind it", withTrigger({ commit: `${"a".repeat(40)}; id` })],
    ["a merge that is none", withTrigger({ checkedOut: "HEAD" })],
    ["a repository with a command in it", withTrigger({ repository: "o/r; touch x" })],
  ])("is refused as %s", (_, run) => {
    expect(read(run)).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-PLAN-INVALID", file: "run.json", mend: expect.any(String) }],
    });
  });

  it("is refused with a plan that cannot be run", () => {
    const { stages } = samplePlan();
    const plan = samplePlan({ stages: stages.filter(({ id }) => id !== "code-quality") });
    expect(read(redRun({ plan }))).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-PLAN-INVALID", message: expect.stringContaining("needs") }, {}],
    });
  });

  it.each([
    ["another version of the run", { ...redRun(), version: 2 }],
    ["another version of the plan", { ...redRun(), plan: { ...samplePlan(), version: 7 } }],
    ["a newer Gantry's word", { ...redRun(), plan: { ...samplePlan(), gantry: "9.0.0", new: 1 } }],
  ])("names the Gantry that made %s", (_, run) => {
    expect(read(run)).toMatchObject({
      ok: false,
      problems: [{ code: "GANTRY-PLAN-VERSION", message: expect.stringContaining("by Gantry") }],
    });
  });
});
