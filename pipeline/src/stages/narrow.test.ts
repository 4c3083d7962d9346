import { expect, test } from "vitest";
import { configOf, shownFiles, surveyWith } from "../../test/builders/config.ts";
import { sampleTrigger } from "../../test/builders/run.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { StageId } from "../plan/plan.ts";
import type { ExecStep } from "../plan/step.ts";

function stepsOf(stage: StageId, frontend: string): ExecStep[] {
  const config = configOf(`
components:
  backend: { path: ., quality: { lint: mypy . }, tests: { unit: { run: pytest } } }
  frontend: { path: frontend, toolchain: npm, ${frontend} }
`);
  const survey = surveyWith(shownFiles);
  const plan = makePlan({ config, survey, trigger: sampleTrigger(), source: "git-tree:1" });
  const steps = plan.stages.find(({ id }) => id === stage)?.steps ?? [];
  return steps.filter((step) => step.kind === "exec");
}

test("a component that names its inputs has its own workspace, and the rest what it had", () => {
  for (const stage of ["code-quality", "unit-tests"] as const) {
    const before = stepsOf(stage, "build: npm run build");
    const after = stepsOf(stage, "build: npm run build, inputs: [frontend/, ./pyproject.toml]");
    const backend = (steps: ExecStep[]) => steps.filter((step) => step.component === "backend");
    expect(backend(after)).toEqual(backend(before));
    const narrow = after.filter((step) => step.component === "frontend");
    expect(narrow.length).toBeGreaterThan(1);
    for (const step of narrow) {
      expect(step.workspace).toMatch(/^frontend\.(main|build)$/);
      const { include, only } = step.inputs;
      if (!include) expect(only).toEqual(["frontend", "pyproject.toml"]);
    }
  }
});

test("one that sees history sees everything", () => {
  const steps = stepsOf("unit-tests", "history: true, inputs: [frontend]");
  expect(new Set(steps.map((step) => step.workspace))).toEqual(new Set(["main"]));
  expect(steps.filter((step) => step.inputs.only)).toEqual([]);
});
