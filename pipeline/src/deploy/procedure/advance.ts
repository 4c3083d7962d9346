import { type Answer, describeFailure, type Failure } from "../../network/answer.ts";
import type { EntryDraft } from "../records/entry.ts";
import { append, holds, takeOver } from "../records/journal.ts";
import type { Ended, Standing, State } from "../records/state.ts";
import type { Verdict } from "../verdict.ts";
import { type Context, createContext } from "./context.ts";
import { followNew } from "./follow.ts";
import { interrupted, type Move } from "./move.ts";
import { proveNew, testNew } from "./prove-live.ts";
import { prepare, send } from "./start.ts";
import { bringBack, ended, proveOld, undo } from "./undo.ts";
import type { TestTarget, World } from "./world.ts";

/** How far an attempt was brought. */
export type Advanced =
  | { readonly kind: "ended"; readonly standing: Standing; readonly why: readonly string[] }
  /** Left open and unlocked; the next run goes on from where it stands. */
  | {
      readonly kind: "paused";
      readonly verdict: Extract<Verdict, "unknown" | "cancelled">;
      readonly standing: Standing;
      readonly why: readonly string[];
    }
  /** The tests are the caller's: it runs them, and calls again. */
  | { readonly kind: "wants-tests"; readonly standing: Standing; readonly target: TestTarget };

/**
 * Brings an attempt to its end: each step looks at where it stands, does one thing, and records
 * what became of it before the next. It can be stopped between any two, and picked up by any run.
 */
export async function advance(
  world: World,
  first: Standing,
  { pickedUp }: { readonly pickedUp: boolean },
): Promise<Advanced> {
  const why: string[] = [];
  let looking = pickedUp;
  for (let standing = first; ; ) {
    const { state } = standing;
    world.tell({ type: "state", state, back: standing.attempt.opening.back?.id });
    if (state.at === "ended") return { kind: "ended", standing, why };
    if (!holds(world.writer, standing)) return lostTo(standing, why);
    const context = createContext(world, standing, looking);
    const move = await step(context, state);
    if (move.kind === "wants-tests") return { ...move, standing: context.standing() };
    if (move.kind === "pause") return letGo(context, move, why);
    if (move.why !== undefined) why.push(move.why);
    const next = await write(context, move.draft);
    if (next.kind !== "ok") return unrecorded(world, context.standing(), next, why);
    // What this run has written itself needs no looking for.
    looking = false;
    standing = next.value;
  }
}

/** Takes up what an ended run has left, and brings it to its end. */
export async function pickUp(world: World, left: Standing): Promise<Advanced> {
  const taken = await takeOver(world.writer, left);
  if (taken.kind !== "ok") return unrecorded(world, left, taken, []);
  if (!taken.value) return lostTo(left, []);
  return advance(world, taken.value, { pickedUp: true });
}

const tries = 5;

/** The record is worth waiting for: without it nobody could go on from here. */
async function write({ world, standing }: Context, draft: EntryDraft): Promise<Answer<Standing>> {
  for (let count = 1; ; count += 1) {
    const written = await append(world.writer, standing(), draft);
    const later = written.kind === "lost" || written.kind === "rate-limited";
    if (!later || count === tries) return written;
    await world.sleep(2 ** count);
  }
}

async function letGo(
  context: Context,
  move: Extract<Move, { kind: "pause" }>,
  why: readonly string[],
): Promise<Advanced> {
  const paused = await append(context.world.writer, context.standing(), { event: "paused" });
  const standing = paused.kind === "ok" ? paused.value : context.standing();
  return { kind: "paused", verdict: move.verdict, standing, why: [...why, move.why] };
}

function lostTo(standing: Standing, why: readonly string[]): Advanced {
  const taken = "another run has taken this deploy over";
  return { kind: "paused", verdict: "unknown", standing, why: [...why, taken] };
}

function unrecorded(
  { writer }: World,
  standing: Standing,
  failure: Failure,
  why: readonly string[],
): Advanced {
  const said = describeFailure(`the record (${writer.store.place})`, failure);
  return { kind: "paused", verdict: "unknown", standing, why: [...why, said] };
}

/** After a signal nothing is begun but what takes a bad version away again. */
const untilTheEnd: ReadonlySet<State["at"]> = new Set(["failed", "bringing-back", "restored"]);

function step(context: Context, state: Exclude<State, Ended>): Promise<Move> {
  if (context.world.signal.aborted && !untilTheEnd.has(state.at)) {
    return Promise.resolve(interrupted);
  }
  switch (state.at) {
    case "opened":
      return prepare(context);
    case "sending":
      return send(context, state.since);
    case "under-way":
      return followNew(context, state.id, state.since);
    case "live":
      return proveNew(context, state.id);
    case "healthy":
      return testNew(context, state.id);
    case "proven":
      return Promise.resolve(ended("live", { rollback: "not-needed", id: state.id }));
    case "failed":
      return undo(context, state);
    case "bringing-back":
      return bringBack(context, state);
    case "brought-back":
      return proveOld(context, state);
    case "restored":
      return Promise.resolve(ended(state.verdict, { rollback: "done", id: state.id }));
  }
}
