import type { Directory, GitRef, GitRepository } from "../client.ts";

/** A version in the engine's git: the ref that holds it, and the name to ask for it by. */
export interface Version {
  readonly ref: GitRef;
  readonly name: string;
}

/**
 * The version that a word names. What the engine cannot find by itself (a shortened commit) is left
 * to git, in the history of what is checked out.
 */
export async function findVersion(
  repository: GitRepository,
  word: string | undefined,
): Promise<Version> {
  const head = repository.head();
  const ref = word === undefined ? head : repository.ref(word);
  const commit = await ref.commit().catch(() => undefined);
  return commit === undefined ? { ref: head, name: word ?? "HEAD" } : { ref, name: commit };
}

/** The commit itself, wherever in the repository it is; undefined where it is nowhere. */
export async function findCommit(
  repository: GitRepository,
  commit: string,
): Promise<GitRef | undefined> {
  const ref = repository.commit(commit);
  const found = await ref.commit().catch(() => undefined);
  return found === commit ? ref : undefined;
}

/** The `.git` folder of a checkout of this version, with its whole history and all tags. */
export function historyOf(ref: GitRef): Directory {
  return ref.tree({ depth: 0, includeTags: true }).directory(".git");
}

/** The version's files. */
export function filesOf(ref: GitRef): Directory {
  return ref.tree({ discardGitDir: true });
}
