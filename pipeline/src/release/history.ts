/** A commit as git tells it. */
export interface HistoryCommit {
  readonly hash: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
}

/** A tag with the commit that it stands on. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
}

/** A tag that names a version. */
export interface VersionTag extends Tag {
  /** Without the tag's own words: `1.2.3`. */
  readonly version: string;
}

/** What planning needs of a repository's past: read once, at the edge. */
export interface History {
  readonly head: string;
  /** The branch that is released from; absent where HEAD is detached and nobody said. */
  readonly branch?: string;
  /** The highest version without a pre-release part that HEAD holds. */
  readonly previous?: VersionTag;
  /** The highest pre-release above `previous` that HEAD holds, of the branch's own channel. */
  readonly previousOfChannel?: VersionTag;
  /** Every commit since `previous`, in any order. */
  readonly commits: readonly HistoryCommit[];
  /** Which of them came after `previousOfChannel`; absent: all. */
  readonly fresh?: readonly string[];
  /** All versions that have a tag somewhere, reachable or not. */
  readonly taken: readonly VersionTag[];
}
