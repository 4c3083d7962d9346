import type { Title } from "./title.ts";

/** Something that was found out, or why it could not be. */
export type Known<T> = { readonly value: T } | Unknown;

export interface Unknown {
  readonly unknown: string;
  readonly mend: string;
}

/** Everything that the checks look at; gathered at the edge, judged without looking again. */
export interface PullRequestFacts {
  /** The day, as `2027-01-31`: exceptions expire. */
  readonly today: string;
  /** Absent on a laptop and in a merge queue. */
  readonly title: Title | undefined;
  /** Absent where no branch is checked out. */
  readonly branch: string | undefined;
  readonly base: string;
  /** Every file of the head commit. */
  readonly files: Known<readonly string[]>;
  /** Files that the pull request adds or changes. */
  readonly changed: Known<readonly ChangedFile[]>;
  /** Files that git cannot merge with the base. */
  readonly conflicts: Known<readonly string[]>;
  /** What a merge left in lines that the pull request adds. */
  readonly markers: Known<readonly Marker[]>;
  readonly environment: Known<EnvironmentFiles>;
  /** What the scanner took for secrets, in any commit of the pull request. */
  readonly leaks: Known<readonly Leak[]>;
}

export interface ChangedFile {
  readonly path: string;
  readonly bytes: number;
}

export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly sign: "<" | "=" | ">" | "|";
}

export interface EnvironmentFiles {
  /** Whether `.env` at the root is ignored by the repository's own `.gitignore`. */
  readonly ignored: boolean;
  /** Example files and the variables that they name. */
  readonly examples: readonly { readonly file: string; readonly names: readonly string[] }[];
}

/** A place where a secret stands; never the secret. */
export interface Leak {
  readonly rule: string;
  readonly what: string;
  /** Absent: in the commit's message. */
  readonly file?: string;
  readonly line: number;
  readonly commit: string;
  readonly confidence: string;
}
