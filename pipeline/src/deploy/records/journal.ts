import { type Answer, ok, thenOk } from "../../network/answer.ts";
import {
  type Entry,
  type EntryDraft,
  type Opening,
  sealEntry,
  sealOpening,
  tokenOf,
} from "./entry.ts";
import { type Standing, standingOf } from "./state.ts";
import type { RecordStore } from "./store.ts";

/** Who writes, and by which clock. */
export interface Writer {
  readonly store: RecordStore;
  /** The run, by a name that no other run has. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What opening an attempt can come to beside the failures of the place where records are kept. */
export type Opened =
  | { readonly kind: "opened"; readonly standing: Standing }
  /** Another run holds the environment. */
  | { readonly kind: "locked"; readonly by: Standing }
  /** An ended run has left this; it has to be brought to its end first. */
  | { readonly kind: "left-over"; readonly standing: Standing }
  /** Something was deployed while this run looked: what it looked at may no longer be so. */
  | { readonly kind: "overtaken" }
  /** The caller looked, and wants nothing done. */
  | { readonly kind: "not-needed" };

export type OpeningDraft = Omit<Opening, "version" | "hash" | "previous" | "owner" | "at">;

const looked = 10;

/**
 * Takes the environment's lock by opening an attempt. Of two at the same moment the one with the
 * lower number has it; the other closes its own at once.
 */
export async function openAttempt(
  writer: Writer,
  draft: (before: readonly Standing[]) => OpeningDraft | undefined,
): Promise<Answer<Opened>> {
  const before = await readStandings(writer.store, looked);
  return thenOk(before, async (standings) => {
    const inTheWay = obstacle(standings, writer);
    if (inTheWay) return ok(inTheWay);
    const drafted = draft(standings);
    if (!drafted) return ok({ kind: "not-needed" });
    const opening = sealOpening({
      version: 1,
      ...drafted,
      owner: writer.owner,
      at: new Date(writer.now()).toISOString(),
      previous: newestHash(standings),
    });
    const seen = standings[0]?.attempt.fence ?? 0;
    return thenOk(await writer.store.open(opening), (fence) => holdOrYield(writer, fence, seen));
  });
}

/** The newest attempts, newest first. */
export async function readStandings(
  store: RecordStore,
  atMost: number,
): Promise<Answer<readonly Standing[]>> {
  return thenOk(await store.attempts(atMost), (attempts) => ok(attempts.map(standingOf)));
}

function obstacle(standings: readonly Standing[], { now }: Writer): Opened | undefined {
  // The oldest first: what was left longest ago is brought to its end before anything newer.
  const open = standings.filter(({ state }) => state.at !== "ended").toReversed();
  const held = open.find(({ leaseUntil }) => leaseUntil > now());
  if (held) return { kind: "locked", by: held };
  return open[0] && { kind: "left-over", standing: open[0] };
}

function newestHash(standings: readonly Standing[]): string | null {
  const newest = standings[0]?.attempt;
  return newest ? (newest.entries.at(-1)?.hash ?? newest.opening.hash) : null;
}

async function holdOrYield(writer: Writer, fence: number, seen: number): Promise<Answer<Opened>> {
  const now = await readStandings(writer.store, looked);
  return thenOk(now, async (standings) => {
    const mine = standings.find(({ attempt }) => attempt.fence === fence);
    if (!mine) return { kind: "malformed", reason: "the attempt just opened is not in the record" };
    const earlier = standings.filter(({ attempt }) => attempt.fence < fence);
    const inTheWay = obstacle(earlier, writer) ?? overtaking(earlier, seen);
    if (!inTheWay) return ok({ kind: "opened", standing: mine });
    await append(writer, mine, { event: "ended", verdict: "locked", rollback: "not-needed" });
    return ok(inTheWay);
  });
}

function overtaking(earlier: readonly Standing[], seen: number): Opened | undefined {
  const did = earlier.some(
    ({ attempt, state }) =>
      attempt.fence > seen && !(state.at === "ended" && state.verdict === "locked"),
  );
  return did ? { kind: "overtaken" } : undefined;
}

/** Makes an attempt that another run has left this run's own. */
export async function takeOver(
  writer: Writer,
  standing: Standing,
): Promise<Answer<Standing | undefined>> {
  const taken = await append(writer, standing, { event: "taken-over" });
  return thenOk(taken, (now) => ok(now.owner === tokenOf(writer.owner) ? now : undefined));
}

/**
 * Appends an entry and reads the attempt again: the answer is where it stands now, which is another
 * place than expected where this run has lost it.
 */
export async function append(
  { store, owner, now }: Writer,
  { attempt }: Standing,
  draft: EntryDraft,
): Promise<Answer<Standing>> {
  const entry: Entry = sealEntry(draft, {
    attempt,
    by: tokenOf(owner),
    at: new Date(now()).toISOString(),
  });
  const appended = await store.append(attempt.fence, entry);
  if (appended.kind !== "ok") return appended;
  return thenOk(await store.attempt(attempt.fence), (read) => ok(standingOf(read)));
}

/** Whether this run may act on the attempt at this moment. */
export function holds({ owner, now }: Writer, standing: Standing): boolean {
  return standing.owner === tokenOf(owner) && standing.leaseUntil > now();
}
