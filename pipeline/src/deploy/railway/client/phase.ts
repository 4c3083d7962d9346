import type { Phase as ProviderPhase } from "../../provider.ts";

/** What a deployment's status means. A word that is not known stays unknown, with what was said. */
export interface Phase {
  readonly phase: ProviderPhase;
  readonly said: string;
}

const phases: Readonly<Record<string, ProviderPhase>> = {
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
