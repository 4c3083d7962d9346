import { type Answer, mayBeApplied } from "../../network/answer.ts";
import { isServing, type Sighting } from "../provider.ts";
import type { EntryDraft, Served } from "../records/entry.ts";
import { namesOf } from "../records/served.ts";
import type { Failed, State } from "../records/state.ts";
import type { Verdict } from "../verdict.ts";
import { type Context, describe } from "./context.ts";
import { follow } from "./follow.ts";
import { interrupted, type Move, pause, record } from "./move.ts";
import { proveVersion } from "./prove-live.ts";

/** The new version is not wanted. Where the old one never stopped serving, nothing is touched. */
export async function undo(context: Context, state: Failed): Promise<Move> {
  const { before } = context.standing().attempt.opening;
  if (!state.wasLive) {
    const untouched = before ? "the old version never stopped serving" : "nothing served before";
    return ended(state.verdict, { rollback: "not-needed", id: before?.id }, untouched);
  }
  if (state.verdict === "superseded") {
    return ended(
      state.verdict,
      { rollback: "not-needed", id: undefined },
      "another one serves now",
    );
  }
  if (!before) {
    const impossible = { rollback: "impossible", id: state.id } as const;
    return ended(state.verdict, impossible, "there is no earlier version to go back to");
  }
  return (await canGoBack(context, before))
    ? record({ event: "bringing-back", id: before.id })
    : ended(
        state.verdict,
        { rollback: "impossible", id: state.id },
        `the provider no longer holds ${before.id}, which served before`,
      );
}

/** Only a clear no counts: where the provider does not answer, trying does no harm. */
async function canGoBack({ world }: Context, before: Served): Promise<boolean> {
  const can = await world.provider.canBringBack(before.id);
  return can.kind !== "ok" || can.value;
}

type BringingBack = Extract<State, { readonly at: "bringing-back" }>;
type BroughtBack = Extract<State, { readonly at: "brought-back" }>;

const looks = 5;

/** Brings the old version back, once: after a lost answer, or in another run's place, it looks first. */
export async function bringBack(context: Context, state: BringingBack): Promise<Move> {
  const { world, pickedUp } = context;
  const key = `${context.standing().attempt.opening.key}-back`;
  const asked = { to: state.to, key, since: state.since };
  if (pickedUp) {
    const found = await world.provider.findBroughtBack(asked);
    if (found.kind !== "ok") return pause(describe(world, found));
    if (found.value) return broughtBack(found.value);
  }
  const brought = await world.provider.bringBack(state.to, key);
  if (brought.kind === "ok") return broughtBack(brought.value);
  if (!mayBeApplied(brought)) {
    return brought.kind === "refused"
      ? ended(state.verdict, { rollback: "failed", id: undefined }, describe(world, brought))
      : pause(describe(world, brought));
  }
  const found = await lookFor(context, () => world.provider.findBroughtBack(asked));
  return found ? broughtBack(found) : pause(describe(world, brought));
}

async function lookFor(
  { world }: Context,
  look: () => Promise<Answer<Sighting | undefined>>,
): Promise<Sighting | undefined> {
  for (let count = 1; count <= looks; count += 1) {
    const found = await look();
    if (found.kind === "ok" && found.value) return found.value;
    await world.sleep(count * 2, world.signal);
  }
  return undefined;
}

/** What was brought back has to be proven like any other version. */
export async function proveOld(context: Context, state: BroughtBack): Promise<Move> {
  const { world } = context;
  const until = Date.parse(state.since) + world.settings.waitSeconds * 1000;
  const followed = await follow(context, { id: state.id, until });
  if (followed.kind === "stopped") return interrupted;
  if (followed.kind === "taken-over") return pause("another run has taken this deploy over");
  if (followed.kind === "blind") return pause(followed.why);
  if (followed.kind === "timed-out") {
    const late = `what was brought back is not live after ${world.settings.waitSeconds} s`;
    return ended(state.verdict, { rollback: "failed", id: state.id }, late);
  }
  const { phase, said } = followed.sighting;
  if (!isServing(phase)) {
    const why = `the provider says ${said} of what was brought back`;
    return ended(state.verdict, { rollback: "failed", id: state.id }, why);
  }
  return judgeOld(context, state);
}

async function judgeOld(context: Context, state: BroughtBack): Promise<Move> {
  const { before } = context.standing().attempt.opening;
  const proof = await proveVersion(context, {
    id: state.id,
    deployments: [state.id, ...(before ? namesOf(before) : [])],
    commit: before?.commit,
  });
  switch (proof.kind) {
    case "proven":
      return record({ event: "restored", id: state.id });
    case "stopped":
      return interrupted;
    case "taken-over":
      return pause("another run has taken this deploy over");
    case "unreachable":
      return pause(
        `${proof.why}; whether the version that was brought back is well, nobody can ask`,
      );
    default:
      return ended(state.verdict, { rollback: "failed", id: state.id }, proof.why);
  }
}

export function ended(
  verdict: Verdict,
  { rollback, id }: Pick<EntryDraft, "rollback"> & { readonly id: string | undefined },
  why?: string,
): Move {
  return record({ event: "ended", verdict, ...(rollback && { rollback }), ...(id && { id }) }, why);
}

function broughtBack({ id }: Sighting): Move {
  return record({ event: "brought-back", id });
}
