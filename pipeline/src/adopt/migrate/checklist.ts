import type { Seen } from "./seen.ts";
import { type Phase, phases, type Step } from "./steps.ts";
import type { Tick, Ticks } from "./ticks.ts";

export interface CheckedStep {
  readonly id: string;
  readonly title: string;
  readonly state: "done" | "open" | "unknown";
  /** How it is known to be done. */
  readonly how?: "seen" | "ticked";
  readonly by?: string;
  readonly on?: string;
  /** What was seen, or why nothing was. */
  readonly what: string;
  /** What to do for it; absent once it is done. */
  readonly next?: string;
}

export interface Checklist {
  readonly phases: readonly {
    readonly id: string;
    readonly title: string;
    readonly steps: readonly CheckedStep[];
  }[];
  readonly done: number;
  readonly of: number;
  /** The first step that is not done. */
  readonly next: { readonly step: string; readonly do: string } | null;
}

/** what is seen + what is ticked → the migration as a list. What is seen counts before a tick. */
export function checklist(seen: Seen, ticks: Ticks): Checklist {
  const all = phases.map(({ id, title, steps }: Phase) => ({
    id,
    title,
    steps: steps.map((step) => checkStep(step, seen, ticks[step.id])),
  }));
  const steps = all.flatMap((phase) => phase.steps);
  const next =
    steps.find(({ state }) => state === "open") ?? steps.find(({ state }) => state !== "done");
  return {
    phases: all,
    done: steps.filter(({ state }) => state === "done").length,
    of: steps.length,
    next: next ? { step: next.id, do: next.next ?? "" } : null,
  };
}

function checkStep(step: Step, seen: Seen, tick: Tick | undefined): CheckedStep {
  const { id, title } = step;
  const sight = step.look?.(seen);
  if (sight?.is === "done") return { id, title, state: "done", how: "seen", what: sight.what };
  const next = step.next(seen);
  if (sight?.is === "open") {
    const against = tick ? ` (though ${tick.by} ticked it on ${tick.on})` : "";
    return { id, title, state: "open", what: `${sight.what}${against}`, next };
  }
  if (tick)
    return { id, title, state: "done", how: "ticked", ...tick, what: `${tick.by}, ${tick.on}` };
  if (sight) return { id, title, state: "unknown", what: sight.what, next };
  return {
    id,
    title,
    state: "open",
    what: `people know: gantry migrate --done ${id} --by NAME`,
    next,
  };
}
