import { type Run, type RunDeployment, runVersion, type StageRun } from "../../execute/run.ts";
import { exitCodeOf, verdictOf } from "../../execute/verdict.ts";
import type { Plan } from "../../plan/plan.ts";

/** A run in which nothing was checked: the checks were another's, and it says so. */
export function emptyRun(plan: Plan, given: Pick<Run, "id" | "executor" | "startedAt">): Run {
  const stages = plan.stages.map(
    (stage): StageRun => ({
      id: stage.id,
      outcome: "skipped",
      blocking: stage.blocking,
      reason: "not part of a deploy by its own word",
      seconds: 0,
      findings: [],
      notChecked: [],
      steps: [],
    }),
  );
  return {
    version: runVersion,
    ...given,
    verdict: "unknown",
    exit: 3,
    seconds: 0,
    plan,
    tools: {},
    stages,
    warnings: [...plan.warnings],
  };
}

export interface DeployStage {
  readonly stage: StageRun;
  readonly deployment: RunDeployment;
  readonly endedBy?: "SIGINT" | "SIGTERM" | undefined;
}

/** A run with a deploy as one more of its stages. */
export function withDeploy(before: Run, { stage, deployment, endedBy }: DeployStage): Run {
  const later = { ...stage, startedAt: before.seconds };
  const stages = before.stages.map((one) => (one.id === stage.id ? later : one));
  const verdict = verdictOf(stages, deployment.verdict === "cancelled");
  return {
    ...before,
    verdict,
    exit: exitCodeOf(verdict, endedBy),
    seconds: before.seconds + deployment.seconds,
    stages,
    deployment,
  };
}
