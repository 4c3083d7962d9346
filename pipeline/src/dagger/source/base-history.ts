import type { Config } from "../../config/config.ts";
import { usualNames } from "../../release/version/usual-names.ts";
import type { GitRef, GitRepository } from "../client.ts";
import type { BaseHistory } from "../executor/site.ts";

/** The history of the branch that a pull request goes to. */
export async function baseHistory(
  repository: GitRepository | undefined,
  branch: string,
): Promise<BaseHistory | undefined> {
  const found = repository && (await findBranch(repository, branch));
  return found && { commit: found.commit, history: found.ref.tree({ depth: 0 }).directory(".git") };
}

/**
 * A branch as the remote has it, else as this repository does. A checkout on GitHub knows most
 * branches only as the remote's; a repository by address, as its own.
 */
export async function findBranch(
  repository: GitRepository,
  branch: string,
): Promise<{ readonly ref: GitRef; readonly commit: string } | undefined> {
  for (const name of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const ref = repository.ref(name);
    const commit = await ref.commit().catch(() => undefined);
    if (commit) return { commit, ref };
  }
  return undefined;
}

/** Production's, else the one of the usual names that is there, as on a host. */
export async function mainBranch(repository: GitRepository, config: Config): Promise<string> {
  const production = config.environments.find(({ name }) => name === "production")?.branch;
  if (production !== undefined) return production;
  for (const name of usualNames) if (await findBranch(repository, name)) return name;
  return "main";
}
