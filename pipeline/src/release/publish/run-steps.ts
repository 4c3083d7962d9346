import type { Problem } from "../../errors/problem.ts";
import type { HostAnswer } from "./host.ts";
import type { Look, Step } from "./step.ts";

/** What became of a step. */
export interface StepReport {
  readonly id: string;
  readonly title: string;
  /** `there`: it was done before; `made`: just now; `waiting`: for a step that did not get done. */
  readonly outcome: "there" | "made" | "warned" | "blocked" | "failed" | "waiting";
  readonly note?: string;
  readonly problem?: Problem;
}

export interface StepsRequest {
  readonly steps: readonly Step[];
  /** Waits before it looks again: what was done may be seen late. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly report?: (step: StepReport) => void;
}

/** Pauses in seconds between an act that may not have been done and the next look. */
const pauses = [2, 4, 8];

/** Runs every step whose needs are met, in order. Each looks first, and after every doubt again. */
export async function runSteps({ steps, pause, report }: StepsRequest): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  const open = new Set<string>();
  for (const step of steps) {
    const waits = step.needs?.some((need) => open.has(need)) ?? false;
    const outcome = waits ? waitingFor(step) : await runStep(step, pause);
    if (["blocked", "failed", "waiting"].includes(outcome.outcome)) open.add(step.id);
    reports.push(outcome);
    report?.(outcome);
  }
  return reports;
}

async function runStep(step: Step, pause: StepsRequest["pause"]): Promise<StepReport> {
  let last: HostAnswer<string> | undefined;
  for (const seconds of [...pauses, 0]) {
    const look = await step.look();
    if (look.kind !== "ok") return failed(step, look.reason);
    if (look.value.state !== "needed") return settled(step, look.value, last);
    // Still missing after the last pause: it is certainly not done.
    if (seconds === 0) break;
    const acted = await step.act();
    if (acted.kind === "ok") return { ...named(step), outcome: "made", note: acted.value };
    last = acted;
    if (acted.kind === "refused" && !isRace(acted.why)) break;
    await pause(seconds);
  }
  return failed(step, last && last.kind !== "ok" ? last.reason : "it does not stay done");
}

/** Somebody else, or this very act, may have been there first. */
function isRace(why: string): boolean {
  return why === "taken" || why === "conflict";
}

function settled(
  step: Step,
  look: Exclude<Look, { state: "needed" }>,
  acted: HostAnswer<string> | undefined,
): StepReport {
  if (look.state === "blocked") {
    const { code, reason: message, mend } = look;
    return { ...named(step), outcome: "blocked", problem: { code, message, mend } };
  }
  // An act whose answer was lost has been done all the same.
  const outcome = acted?.kind === "unknown" ? "made" : "there";
  return { ...named(step), outcome, ...(look.note !== undefined && { note: look.note }) };
}

function failed(step: Step, reason: string): StepReport {
  const message = `${step.title} is not done: ${reason}`;
  if (step.optional) return { ...named(step), outcome: "warned", note: message };
  const mend = "run `gantry release` again when it answers: it goes on where this run ended";
  const problem = { code: "GANTRY-RELEASE-UNFINISHED", message, mend } as const;
  return { ...named(step), outcome: "failed", problem };
}

function waitingFor(step: Step): StepReport {
  return { ...named(step), outcome: "waiting" };
}

function named({ id, title }: Step): { readonly id: string; readonly title: string } {
  return { id, title };
}
