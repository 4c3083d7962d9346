import type { EntryDraft } from "../records/entry.ts";
import type { Verdict } from "../verdict.ts";
import type { TestTarget } from "./world.ts";

/** What one step of the procedure comes to. */
export type Move =
  /** A change of state, recorded before anything follows from it. */
  | { readonly kind: "record"; readonly draft: EntryDraft; readonly why?: string }
  /** Cannot go on now: the attempt stays open and unlocked, and the next run goes on from here. */
  | {
      readonly kind: "pause";
      readonly verdict: Extract<Verdict, "unknown" | "cancelled">;
      readonly why: string;
    }
  /** The caller has to run the tests, and call again with how they ended. */
  | { readonly kind: "wants-tests"; readonly target: TestTarget };

export function record(draft: EntryDraft, why?: string): Move {
  return { kind: "record", draft, ...(why !== undefined && { why }) };
}

export function failed(
  verdict: Verdict,
  what: { readonly id?: string | undefined; readonly wasLive: boolean; readonly why: string },
): Move {
  const { id, wasLive, why } = what;
  return record({ event: "failed", verdict, wasLive, ...(id !== undefined && { id }) }, why);
}

export function pause(why: string): Move {
  return { kind: "pause", verdict: "unknown", why };
}

export const interrupted: Move = {
  kind: "pause",
  verdict: "cancelled",
  why: "ended from outside; the next run goes on from here",
};
