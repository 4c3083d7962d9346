import type { HistoryCommit } from "../history.ts";
import { oldestFirst } from "./order.ts";
import { type Message, parseMessage } from "./parse-commit.ts";
import { heldMessages } from "./read-through.ts";

/** One change that a release brings, with the commit that brought it. */
export interface Change extends Message {
  readonly hash: string;
  readonly author: HistoryCommit["author"];
  /** Whether it is one of several that a squashed pull request holds. */
  readonly held: boolean;
}

/** A rebase or an import may leave it with one parent; it is no change all the same. */
const gitsOwnMerge = /^Merge (branch|branches|tag|commit|remote-tracking branch|pull request) /;

/** What releasing itself writes is no news in the next release. */
const gantrysOwn =
  /^(docs\(changelog\): \S+ \[skip ci\]$|docs: changelog of \S+( \(#\d+\))?$|chore: (merge|sync) \S+ into \S+ after \S+)/;

/** Commits → changes, oldest first: merges left out, squashed release pull requests read through. */
export function changesOf(commits: readonly HistoryCommit[]): Change[] {
  const ordered = oldestFirst(commits);
  const messages = new Map(ordered.map(({ hash, message }) => [hash, parseMessage(message)]));
  const byHash = new Map(ordered.map((commit) => [commit.hash, commit]));
  return ordered.flatMap((commit): Change[] => {
    const message = messages.get(commit.hash);
    if (!message || gitsOwnMerge.test(message.header) || gantrysOwn.test(message.header)) return [];
    if (commit.parents.length > 1 && !speaks(commit, messages, byHash)) return [];
    const { hash, author } = commit;
    const held = heldMessages(message);
    return held
      ? held.map((each) => ({ ...each, hash, author, held: true }))
      : [{ ...message, hash, author, held: false }];
  });
}

/**
 * A merge is not a change of its own. But where pull requests are merged under their titles, the
 * title may be the only words that follow the convention: then it speaks for its branch.
 */
function speaks(
  merge: HistoryCommit,
  messages: ReadonlyMap<string, Message>,
  byHash: ReadonlyMap<string, HistoryCommit>,
): boolean {
  if (!messages.get(merge.hash)?.type) return false;
  const main = reach(merge.parents.slice(0, 1), byHash, new Set());
  const brought = reach(merge.parents.slice(1), byHash, main);
  return ![...brought].some((hash) => !main.has(hash) && messages.get(hash)?.type);
}

function reach(
  from: readonly string[],
  byHash: ReadonlyMap<string, HistoryCommit>,
  without: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const commit = byHash.get(hash);
    if (!commit || found.has(hash) || without.has(hash)) continue;
    found.add(hash);
    open.push(...commit.parents);
  }
  return found;
}
