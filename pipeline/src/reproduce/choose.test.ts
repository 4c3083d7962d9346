import { describe, expect, it } from "vitest";
import { planned } from "../../test/builders/plan.ts";
import { sampleRun, stageRun } from "../../test/builders/run.ts";
import { planObjections } from "../plan/check-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { narrowed, notPlanned, redStages } from "./choose.ts";

const stages = [
  planned("pr-checks"),
  planned("code-quality"),
  planned("unit-tests", { needs: ["code-quality"] }),
  planned("integration-tests", { needs: ["unit-tests"], blocking: false }),
  planned("smoke-tests", { needs: ["unit-tests"] }),
  planned("security", { run: false, reason: "left out with --skip" }),
  planned("deploy-staging", { kind: "act", needs: ["unit-tests"] }),
];

function plan(): Plan {
  return { ...sampleRun().plan, stages };
}

describe("what is run again", () => {
  it("is every check that is not green, blocking or not, and no act", () => {
    const run = sampleRun({
      plan: plan(),
      stages: [
        stageRun("pr-checks"),
        stageRun("code-quality", { outcome: "not-checked" }),
        stageRun("unit-tests", { outcome: "coverage-below" }),
        stageRun("integration-tests", { outcome: "failed", blocking: false }),
        stageRun("smoke-tests", { outcome: "skipped" }),
        stageRun("security", { outcome: "skipped" }),
        stageRun("deploy-staging", { outcome: "failed" }),
      ],
    });
    expect(redStages(run)).toEqual(["code-quality", "unit-tests", "integration-tests"]);
    expect(redStages({ ...run, stages: [stageRun("e2e-tests", { outcome: "failed" })] })).toEqual(
      [],
    );
  });

  it("comes with what it needs, and leaves the rest of the plan as it was", () => {
    const narrow = narrowed(plan(), ["integration-tests"]);
    const runs = narrow.stages.filter(({ run }) => run).map(({ id }) => id);
    expect(runs).toEqual(["code-quality", "unit-tests", "integration-tests"]);
    expect(narrow).toMatchObject({ asked: ["integration-tests"], fresh: true });
    expect(narrow.stages.find(({ id }) => id === "security")?.reason).toBe("left out with --skip");
    expect(narrow.stages.find(({ id }) => id === "pr-checks")).toMatchObject({
      run: false,
      reason: "not among the stages to reproduce",
    });
    expect(planObjections(narrow)).toEqual([]);
  });

  it("cannot be a stage that the run left out, or an act", () => {
    const run = sampleRun({ plan: plan() });
    expect(notPlanned(run, ["unit-tests", "security", "deploy-staging", "e2e-tests"])).toEqual([
      "security",
      "deploy-staging",
      "e2e-tests",
    ]);
  });
});
