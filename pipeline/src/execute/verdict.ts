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
 * A stage passes when every step that blocks has passed. In a stage where nothing blocks, every
 * step counts, so that it is shown as it is.
 */
export function stageOutcome(steps: readonly StepRun[], stoodIn: ReadonlySet<string>): Outcome {
  const counted = steps.filter((step) => !stoodIn.has(step.id));
  const blocking = counted.some((step) => step.blocking)
    ? counted.filter((step) => step.blocking)
    : counted;
  const found = worst.find((outcome) => blocking.some((step) => step.outcome === outcome));
  if (found) return found;
  return blocking.some((step) => step.outcome === "passed") ? "passed" : "skipped";
}

/**
 * Only what was earned is green: a red stage makes the verdict red, one that could not be checked
 * makes it unknown, and so does a run in which nothing at all was checked.
 */
export function verdictOf(stages: readonly StageRun[], cancelled: boolean): Verdict {
  if (cancelled) return "cancelled";
  const blocking = stages.filter((stage) => stage.blocking);
  if (blocking.some((stage) => isRed(stage.outcome))) return "failed";
  if (blocking.some((stage) => unknown.has(stage.outcome))) return "unknown";
  return stages.some((stage) => stage.outcome === "passed") ? "passed" : "unknown";
}

export function exitCodeOf(verdict: Verdict, signal?: "SIGINT" | "SIGTERM"): number {
  if (verdict === "cancelled") return signal === "SIGTERM" ? 143 : 130;
  return { passed: 0, failed: 1, unknown: 3 }[verdict];
}
