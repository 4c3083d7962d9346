import type { GitRepository } from "./client.ts";
import type { BaseHistory } from "./executor/site.ts";

/**
 * The history of the branch that a pull request goes to. A checkout on GitHub knows it only as the
 * remote's; a repository by address, as its own.
 */
export async function baseHistory(
  repository: GitRepository | undefined,
  branch: string,
): Promise<BaseHistory | undefined> {
  if (!repository) return undefined;
  for (const name of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const ref = repository.ref(name);
    const commit = await ref.commit().catch(() => undefined);
    if (commit) return { commit, history: ref.tree({ depth: 0 }).directory(".git") };
  }
  return undefined;
}
