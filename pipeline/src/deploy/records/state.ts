import type { Rollback, Verdict } from "../verdict.ts";
import { type Attempt, type Entry, entryHash, tokenOf } from "./entry.ts";

/** Where an attempt stands: told by its entries alone, so that any run can go on from it. */
export type State =
  | { readonly at: "opened" }
  | { readonly at: "sending"; readonly since: string }
  | { readonly at: "under-way"; readonly id: string; readonly since: string }
  | { readonly at: "live"; readonly id: string }
  | { readonly at: "healthy"; readonly id: string }
  | { readonly at: "proven"; readonly id: string }
  | Failed
  | (Undoing & { readonly at: "bringing-back"; readonly to: string; readonly since: string })
  | (Undoing & { readonly at: "brought-back"; readonly id: string; readonly since: string })
  | (Undoing & { readonly at: "restored"; readonly id: string })
  | Ended;

export interface Failed {
  readonly at: "failed";
  readonly verdict: Verdict;
  readonly id: string | undefined;
  readonly wasLive: boolean;
}

export interface Ended {
  readonly at: "ended";
  readonly verdict: Verdict;
  readonly rollback: Rollback;
  /** What serves now, as far as it is known. */
  readonly serving: string | undefined;
}

interface Undoing {
  readonly verdict: Verdict;
}

/** An attempt with what follows from its entries. */
export interface Standing {
  readonly attempt: Attempt;
  readonly state: State;
  /** The token of the run that may act. */
  readonly owner: string;
  /** Until when it may, in milliseconds; 0 once the attempt was let go. */
  readonly leaseUntil: number;
}

/**
 * Reads an attempt. Entries of a run that had lost its lease to another are void: they are left
 * out, and the chain goes on without them.
 */
export function standingOf(raw: Attempt): Standing {
  const { opening } = raw;
  let standing: Standing = {
    attempt: { ...raw, entries: [] },
    state: { at: "opened" },
    owner: tokenOf(opening.owner),
    leaseUntil: leaseFrom(opening.at, opening.leaseSeconds),
  };
  for (const entry of raw.entries) {
    if (counts(entry, standing)) standing = take(entry, standing);
  }
  return standing;
}

function counts(entry: Entry, { attempt, owner, leaseUntil, state }: Standing): boolean {
  if (state.at === "ended") return false;
  const last = attempt.entries.at(-1);
  if (entry.hash !== entryHash(entry, last?.hash ?? attempt.opening.hash)) return false;
  // A person's word that the run is gone.
  if (entry.event === "unlocked") return true;
  if (entry.event === "taken-over") return Date.parse(entry.at) >= leaseUntil;
  return entry.by === owner;
}

function take(entry: Entry, standing: Standing): Standing {
  const { attempt } = standing;
  return {
    attempt: { ...attempt, entries: [...attempt.entries, entry] },
    state: next(standing.state, entry),
    owner: entry.event === "taken-over" ? entry.by : standing.owner,
    leaseUntil: lettingGo.has(entry.event) ? 0 : leaseFrom(entry.at, attempt.opening.leaseSeconds),
  };
}

const lettingGo: ReadonlySet<Entry["event"]> = new Set(["paused", "unlocked", "ended"]);

function leaseFrom(at: string, seconds: number): number {
  return Date.parse(at) + seconds * 1000;
}

function next(state: State, entry: Entry): State {
  const { at, id = "", verdict = "unknown" } = entry;
  const undoing = "verdict" in state ? state.verdict : "unknown";
  switch (entry.event) {
    case "alive":
    case "paused":
    case "taken-over":
    case "unlocked":
      return state;
    case "sending":
      return { at: "sending", since: at };
    case "accepted":
      return { at: "under-way", id, since: at };
    case "live":
    case "healthy":
    case "proven":
      return { at: entry.event, id };
    case "failed":
      return { at: "failed", verdict, id: entry.id, wasLive: entry.wasLive ?? false };
    case "bringing-back":
      return { at: "bringing-back", to: id, since: at, verdict: undoing };
    case "brought-back":
      return { at: "brought-back", id, since: at, verdict: undoing };
    case "restored":
      return { at: "restored", id, verdict: undoing };
    case "ended":
      return {
        at: "ended",
        verdict,
        rollback: entry.rollback ?? "not-needed",
        serving: entry.id,
      };
  }
}
