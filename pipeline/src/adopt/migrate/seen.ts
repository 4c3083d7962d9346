import type { Decision } from "../decide.ts";

/** What can be known, or why it cannot. */
export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: string };

/** Everything that the migration's steps look at, collected at the edge. */
export interface Seen {
  readonly main: string;
  readonly develop: string;
  /** Local and remote branches by their short names. */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** How each file of `gantry init` stands. */
  readonly files: Readonly<Record<string, Decision["kind"]>>;
  /** Branches that should be protected, and whether they are. */
  readonly protection: Known<Readonly<Record<string, boolean>>>;
  /** Names of required secrets that are missing. */
  readonly missingSecrets: Known<readonly string[]>;
  /** The day of a green run of ci-cd.yml for a pull request, where there was one. */
  readonly greenRun: Known<string | undefined>;
  /** By environment: the day on which a version was last proven there, where one was. */
  readonly proven: Readonly<Record<string, Known<string | undefined>>>;
}
