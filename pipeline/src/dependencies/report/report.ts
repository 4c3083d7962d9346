import type { NotHandled } from "../locks/lock-sites.ts";
import type { Change } from "../versions/changes.ts";

/** A changed package, and whose lock it stands in. */
export interface Update extends Change {
  readonly lock: string;
  readonly components: readonly string[];
  readonly group?: string;
  readonly notes?: string;
}

export interface LeftOutUpdate extends Update {
  readonly why: "breaks" | "impossible" | "untried" | "ignored";
  readonly reason: string;
}

/** A newer version than the repository's own ranges allow: a person's decision. */
export interface Beyond {
  readonly name: string;
  readonly lock: string;
  readonly locked: string;
  readonly latest: string;
  readonly notes?: string;
}

export interface NotChecked {
  readonly lock: string;
  readonly reason: string;
  readonly mend: string;
}

/** A file of the repository with new content. */
export interface FileContent {
  readonly path: string;
  readonly content: string;
}

/** What updating came to; `files` are the whole effect that it would have. */
export interface UpdateReport {
  /**
   * `up-to-date`: nothing to take. `updated`: all went through. `partly`: some were left out.
   * `base-red`: the tests fail without any update. `not-checked`: the world failed.
   */
  readonly verdict: "up-to-date" | "updated" | "partly" | "base-red" | "not-checked";
  readonly base: string;
  readonly commit: string | undefined;
  readonly updates: readonly Update[];
  readonly leftOut: readonly LeftOutUpdate[];
  readonly beyond: readonly Beyond[];
  readonly notChecked: readonly NotChecked[];
  readonly notHandled: readonly NotHandled[];
  /** Runs of the tests, and the stages that they had; none: nothing proves the updates. */
  readonly runs: number;
  readonly stages: readonly string[];
  /** Why nothing can be said, where that is so. */
  readonly reason?: string;
  readonly files: readonly FileContent[];
  readonly warnings: readonly string[];
}

/** Green is only what is known to be up to date, or was tried and went through whole. */
export function exitOfUpdates({ verdict, notChecked }: UpdateReport): 0 | 1 | 3 {
  if (verdict === "not-checked" || notChecked.length > 0) return 3;
  return verdict === "partly" || verdict === "base-red" ? 1 : 0;
}
