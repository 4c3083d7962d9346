import type { ErrorCode } from "./catalogue.ts";

/** Where a problem was found: always relative to the repository, lines and columns from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * An expected failure as a value: what a person reads, and what a program reads with `--json`.
 * Several of a kind are reported together, never one at a time.
 */
export interface Problem extends Place {
  readonly code: ErrorCode;
  /** What failed and why, in the user's words: what was found, what is allowed. */
  readonly message: string;
  /** One change that makes the problem go away. */
  readonly mend: string;
}

/** The answer of everything that can fail as expected. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(...problems: Problem[]): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems };
}

/** One problem as text: place, what, mend and code, without colour. */
export function describeProblem(problem: Problem): string {
  const place = describePlace(problem);
  return `${place ? `${place}: ` : ""}${problem.message}\n  mend: ${problem.mend} (${problem.code})`;
}

export function describePlace(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
}
