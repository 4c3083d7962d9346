import type { ErrorCode } from "../../errors/catalogue.ts";
import type { HostAnswer } from "./host.ts";

/** What a step found. */
export type Look =
  | { readonly state: "done"; readonly note?: string }
  | { readonly state: "needed" }
  /** Somebody has to decide: nothing is done by force. */
  | {
      readonly state: "blocked";
      readonly code: ErrorCode;
      readonly reason: string;
      readonly mend: string;
    };

/** One thing that a release needs. It looks, and acts only on what is missing. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** What it changes in the world, in one sentence. */
  readonly effects: string;
  /** Steps that must be done before; absent: it stands alone. */
  readonly needs?: readonly string[];
  /** Whether its failure is a warning only. */
  readonly optional?: boolean;
  readonly look: () => Promise<HostAnswer<Look>>;
  /** Answers what it made, in words. */
  readonly act: () => Promise<HostAnswer<string>>;
}

export const needed: Look = { state: "needed" };

export function done(note?: string): Look {
  return { state: "done", ...(note !== undefined && { note }) };
}

export function mapAnswer<A, B>(found: HostAnswer<A>, change: (value: A) => B): HostAnswer<B> {
  return found.kind === "ok" ? { kind: "ok", value: change(found.value) } : found;
}

export async function thenAnswer<A, B>(
  found: HostAnswer<A>,
  next: (value: A) => Promise<HostAnswer<B>> | HostAnswer<B>,
): Promise<HostAnswer<B>> {
  return found.kind === "ok" ? next(found.value) : found;
}
