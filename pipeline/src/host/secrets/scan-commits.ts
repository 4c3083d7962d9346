import type { Known, Leak } from "../../pull-request/facts.ts";
import { findCommits, isShallow } from "../pull-request/commits.ts";
import type { FoundScanner } from "../tools/betterleaks.ts";
import { scanForSecrets } from "./secret-scan.ts";

export interface CommitsScan {
  readonly directory: string;
  readonly head: string;
  /** Where the branch began; absent: every commit that a branch or tag reaches. */
  readonly since?: { readonly base: string; readonly baseCommit?: string | undefined } | undefined;
  /** Whether marks in the code count for what is accepted. */
  readonly ownMarks: boolean;
  /** Asked for only once there is something to scan. */
  readonly scanner: () => Promise<FoundScanner>;
  readonly signal?: AbortSignal;
}

/** Looks for secrets in the branch's commits, or in all there are. */
export async function scanCommits(request: CommitsScan): Promise<Known<readonly Leak[]>> {
  const { directory, head, since, ownMarks, signal } = request;
  // All of history has no base: what is checked out stands for it.
  const whole = { base: "HEAD", baseCommit: "HEAD" };
  const commits = await findCommits({ directory, head, ...(since ?? whole) });
  if ("unknown" in commits) return commits;
  const { root, prefix, mergeBase } = commits.value;
  if (!since && (await isShallow(root))) {
    return {
      unknown: "this clone is shallow: the rest of its history is not here",
      mend: "`git fetch --unshallow`; on GitHub check out with `fetch-depth: 0`",
    };
  }
  return scanForSecrets({
    scanner: await request.scanner(),
    root,
    prefix,
    ...(since && { range: { from: mergeBase, to: commits.value.head } }),
    ownMarks,
    ...(signal && { signal }),
  });
}
