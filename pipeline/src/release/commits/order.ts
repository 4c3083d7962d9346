import type { HistoryCommit } from "../history.ts";

/**
 * Parents before children, in an order that the graph alone decides: dates, locale and the order
 * in which git listed them play no part. A branch stands together, before the merge that took it.
 */
export function oldestFirst(commits: readonly HistoryCommit[]): HistoryCommit[] {
  const byHash = new Map(commits.map((commit) => [commit.hash, commit]));
  const done = new Set<string>();
  const ordered: HistoryCommit[] = [];
  for (const tip of tipsOf(commits)) {
    const open = [tip];
    for (let current = open.at(-1); current; current = open.at(-1)) {
      const waits = current.parents.find((parent) => byHash.has(parent) && !done.has(parent));
      const next = waits === undefined ? undefined : byHash.get(waits);
      if (next) {
        open.push(next);
        continue;
      }
      open.pop();
      if (!done.has(current.hash)) ordered.push(current);
      done.add(current.hash);
    }
  }
  return ordered;
}

/** Commits that no other one builds on; more than one where only some paths were asked for. */
function tipsOf(commits: readonly HistoryCommit[]): HistoryCommit[] {
  const parents = new Set(commits.flatMap((commit) => commit.parents));
  return commits
    .filter((commit) => !parents.has(commit.hash))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
}
