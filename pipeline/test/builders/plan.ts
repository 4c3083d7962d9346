import type { Stage, StageId } from "../../src/plan/plan.ts";
import type { BuildImageStep, ExecStep } from "../../src/plan/step.ts";

/** The stages of a plan for a pull request to develop. */
export function plannedStages(): Stage[] {
  return [
    planned("code-quality", {
      steps: [plannedStep("backend/lint"), plannedStep("frontend/types")],
      reason: "runs on every pull request to develop",
    }),
    planned("unit-tests", { needs: ["code-quality"], steps: [plannedStep("backend/test")] }),
    planned("integration-tests", {
      needs: ["code-quality"],
      blocking: false,
      steps: [plannedStep("backend/integration")],
    }),
    planned("smoke-tests", { needs: ["unit-tests"], steps: [plannedStep("image")] }),
    planned("deploy-staging", { kind: "act", run: false, reason: "only on a push to develop" }),
    planned("deploy-production", { kind: "act", run: false, reason: "only on a push to main" }),
    planned("create-release", { kind: "act", run: false, reason: "only on a push to main" }),
  ];
}

export function planned(id: StageId, overrides: Partial<Stage> = {}): Stage {
  return {
    id,
    kind: "check",
    run: true,
    reason: "runs on every pull request",
    needs: [],
    blocking: true,
    steps: [],
    ...overrides,
  };
}

export function plannedStep(id: string, overrides: Partial<ExecStep> = {}): ExecStep {
  return {
    kind: "exec",
    id,
    title: id,
    needs: [],
    blocking: true,
    timeoutSeconds: 600,
    toolchain: "backend",
    workspace: "backend",
    directory: ".",
    argv: ["true"],
    env: {},
    secrets: [],
    optionalSecrets: [],
    path: [],
    inputs: { history: false },
    reads: [],
    services: [],
    caches: [],
    leaves: [],
    tests: false,
    ...overrides,
  };
}

export function plannedImage(overrides: Partial<BuildImageStep> = {}): BuildImageStep {
  return {
    kind: "build-image",
    id: "image",
    title: "image",
    needs: [],
    blocking: true,
    timeoutSeconds: 600,
    dockerfile: "Dockerfile",
    context: ".",
    args: {},
    image: "application",
    ...overrides,
  };
}
