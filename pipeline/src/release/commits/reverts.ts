import type { Change } from "./collect.ts";
import { pullNumber } from "./read-through.ts";

/** A change that was taken back before anybody got it, with what took it back. */
export interface Cancelled {
  readonly change: Change;
  readonly by: Change;
}

/**
 * A revert and its target inside one release cancel each other; a revert of a revert brings the
 * first one back. A revert of something released before stays: it is a fix.
 */
export function cancelReverts(changes: readonly Change[]): {
  readonly changes: Change[];
  readonly cancelled: Cancelled[];
} {
  const gone = new Set<number>();
  const cancelled: Cancelled[] = [];
  for (let at = changes.length - 1; at >= 0; at--) {
    const by = changes[at];
    if (!by?.reverts || gone.has(at)) continue;
    const target = targetOf(by, at, changes, gone);
    const change = changes[target];
    if (!change) continue;
    gone.add(at).add(target);
    cancelled.unshift({ change, by });
  }
  return { changes: changes.filter((_, index) => !gone.has(index)), cancelled };
}

/** The newest change before it that fits: by hash, by pull request, at last by its words. */
function targetOf(
  { reverts }: Change,
  at: number,
  changes: readonly Change[],
  gone: ReadonlySet<number>,
): number {
  const find = (fits: (change: Change) => boolean): number =>
    changes.findLastIndex((change, index) => index < at && !gone.has(index) && fits(change));
  const { hash, pull, header } = reverts ?? {};
  if (hash && /^[0-9a-f]{7,64}$/i.test(hash)) {
    const found = find((change) => !change.held && change.hash.startsWith(hash.toLowerCase()));
    if (found >= 0) return found;
  }
  const byPull = pull ? find((change) => pullNumber(change.header) === pull) : -1;
  if (byPull >= 0) return byPull;
  return header ? find((change) => sameWords(change.header, header)) : -1;
}

/** The pull request's number is added at the merge, so that either side may lack it. */
function sameWords(one: string, other: string): boolean {
  const bare = (header: string): string => header.replace(/ \(#\d+\)$/, "").trim();
  const numbers = [one, other].map(pullNumber);
  if (numbers[0] && numbers[1] && numbers[0] !== numbers[1]) return false;
  return bare(one) === bare(other);
}
