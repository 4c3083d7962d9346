/** What a deployment's status means. A word that is not known stays unknown, with what was said. */
export type Phase =
  | { readonly phase: KnownPhase; readonly said: string }
  | { readonly phase: "unknown"; readonly said: string };

export type KnownPhase =
  | "waiting"
  | "building"
  | "deploying"
  | "live"
  | "asleep"
  | "failed"
  | "crashed"
  | "removed"
  | "skipped"
  | "needs-approval";

const phases: Readonly<Record<string, KnownPhase>> = {
  QUEUED: "waiting",
  WAITING: "waiting",
  INITIALIZING: "building",
  BUILDING: "building",
  DEPLOYING: "deploying",
  SUCCESS: "live",
  SLEEPING: "asleep",
  FAILED: "failed",
  CRASHED: "crashed",
  REMOVED: "removed",
  REMOVING: "removed",
  SKIPPED: "skipped",
  NEEDS_APPROVAL: "needs-approval",
};

export function phaseOf(said: string): Phase {
  const phase = Object.hasOwn(phases, said) ? phases[said] : undefined;
  return { phase: phase ?? "unknown", said };
}

/** Whether waiting longer changes nothing by itself. */
export function isSettled({ phase }: Phase): boolean {
  return !["waiting", "building", "deploying", "unknown"].includes(phase);
}
