import { describeProblem, type Problem } from "../../errors/problem.ts";
import type { Outcome, Run, StageRun, StepRun } from "../../execute/run.ts";
import { exitCodeOf, verdictOf } from "../../execute/verdict.ts";
import type { Stage } from "../../plan/plan.ts";
import type { Published } from "../publish/published.ts";
import type { StepReport } from "../publish/run-steps.ts";

export interface ReleaseStage {
  readonly stage: Pick<Stage, "id" | "blocking" | "reason">;
  readonly steps: readonly StepRun[];
  readonly seconds: number;
}

/** A run with a release as one more of its stages. */
export function withRelease(before: Run, { stage, steps, seconds }: ReleaseStage): Run {
  const released: StageRun = {
    id: stage.id,
    outcome: worstOf(steps),
    blocking: stage.blocking,
    reason: stage.reason,
    startedAt: before.seconds,
    seconds,
    findings: [],
    notChecked: [],
    steps: [...steps],
  };
  const stages = before.stages.map((one) => (one.id === released.id ? released : one));
  const verdict = verdictOf(stages, false);
  return {
    ...before,
    stages,
    verdict,
    exit: exitCodeOf(verdict),
    seconds: before.seconds + seconds,
  };
}

/** The steps of a release as a run tells them. */
export function releaseStepRuns({ plan, steps }: Published): StepRun[] {
  if (plan.version === null) {
    return [stepRun({ id: "release", title: `nothing to release: ${plan.reason}` }, "passed")];
  }
  return steps.map((step) =>
    stepRun({ id: `${plan.tag}/${step.id}`, title: step.title }, outcomeOf(step), explain(step)),
  );
}

const outcomes: Readonly<Record<StepReport["outcome"], Outcome>> = {
  there: "passed",
  made: "passed",
  warned: "passed",
  blocked: "failed",
  failed: "error",
  waiting: "skipped",
};

function outcomeOf({ outcome }: StepReport): Outcome {
  return outcomes[outcome];
}

function explain({ problem, note }: StepReport): StepRun["explanation"] {
  if (problem) return { message: problem.message, mend: problem.mend };
  return note === undefined ? undefined : { message: note };
}

/** A release that did not come to its steps. */
export function stepOfProblems(problems: readonly Problem[]): StepRun {
  const message = problems.map(describeProblem).join("; ");
  return stepRun({ id: "release", title: "release" }, "error", { message });
}

function stepRun(
  { id, title }: { readonly id: string; readonly title: string },
  outcome: Outcome,
  explanation?: StepRun["explanation"],
): StepRun {
  return {
    id,
    title,
    kind: "procedure",
    outcome,
    blocking: true,
    seconds: 0,
    findings: [],
    ...(explanation && outcome !== "passed" && { explanation }),
  };
}

function worstOf(steps: readonly StepRun[]): Outcome {
  const order: readonly Outcome[] = ["failed", "error", "skipped"];
  return order.find((outcome) => steps.some((step) => step.outcome === outcome)) ?? "passed";
}
