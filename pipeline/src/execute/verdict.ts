import type { Plan, Stage, StageId } from "../plan/plan.ts";
import type { Outcome, StageRun, StepRun, Verdict } from "./run.ts";

/** From the worst down: what a stage is called when its steps ended in different ways. */
const worst: readonly Outcome[] = [
  "cancelled",
  "failed",
  "timed-out",
  "out-of-memory",
  "no-tests",
  "coverage-below",
  "flaky",
  "error",
  "not-checked",
];

const unknown: ReadonlySet<Outcome> = new Set(["error", "not-checked"]);

export function isRed(outcome: Outcome): boolean {
  return worst.includes(outcome) && !unknown.has(outcome) && outcome !== "cancelled";
}

/**
 * A stage passes when every step that blocks has passed. Where nothing but preparation blocks,
 * every step counts, so that the stage is shown as it is.
 */
export function stageOutcome(
  stage: Stage,
  steps: readonly StepRun[],
  stoodIn: ReadonlySet<string>,
): Outcome {
  const prepares = new Set(stage.steps.flatMap((step) => (step.early ? [step.id] : [])));
  const candidates = steps.filter((step) => !stoodIn.has(step.id));
  const blocks = candidates.some((step) => step.blocking && !prepares.has(step.id));
  const counted = blocks ? candidates.filter((step) => step.blocking) : candidates;
  const found = worst.find((outcome) => counted.some((step) => step.outcome === outcome));
  if (found) return found;
  // A step that blocks and was held up by one that does not: nobody knows what it would have said.
  const heldUp = blocks && counted.some((step) => step.outcome === "skipped");
  if (heldUp) return "not-checked";
  const passed = counted.some((step) => step.outcome === "passed" && !prepares.has(step.id));
  const onlyPreparation = counted.every((step) => prepares.has(step.id));
  return passed || (onlyPreparation && counted.length > 0) ? "passed" : "skipped";
}

/**
 * Only what was earned is green: a red stage makes the verdict red, one that could not be checked
 * or was held up makes it unknown, and so does a run in which nothing but these formalities passed.
 */
export function verdictOf(
  stages: readonly StageRun[],
  cancelled: boolean,
  formalities: ReadonlySet<StageId> = new Set(),
): Verdict {
  if (cancelled) return "cancelled";
  const blocking = stages.filter((stage) => stage.blocking);
  if (blocking.some((stage) => isRed(stage.outcome))) return "failed";
  if (blocking.some((stage) => unknown.has(stage.outcome) || isHeldUp(stage))) return "unknown";
  const earned = stages.some(({ id, outcome }) => outcome === "passed" && !formalities.has(id));
  return earned ? "passed" : "unknown";
}

/**
 * That a pull request is in order says nothing of its code: alone it is a pass only where somebody
 * asked for it, in a gantry.yaml or by name.
 */
export function formalitiesOf({ origin, asked }: Plan): ReadonlySet<StageId> {
  return new Set(origin === "inferred" && !asked ? ["pr-checks"] : []);
}

/** Planned to run, but not run: a stage that the plan left out has no steps. */
function isHeldUp(stage: StageRun): boolean {
  return stage.outcome === "skipped" && stage.steps.length > 0;
}

export function exitCodeOf(verdict: Verdict, signal?: "SIGINT" | "SIGTERM"): number {
  if (verdict === "cancelled") return signal === "SIGTERM" ? 143 : 130;
  return { passed: 0, failed: 1, unknown: 3 }[verdict];
}
