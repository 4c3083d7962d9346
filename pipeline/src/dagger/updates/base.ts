import { updateSettings } from "../../dependencies/settings.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { branchesOf } from "../../plan/branches.ts";
import type { GitRef, GitRepository } from "../client.ts";
import { findBranch, mainBranch } from "../source/base-history.ts";
import type { ReadProject } from "../source/project.ts";

/** Where updates go to, and the commit that they are made from; none: the source as it stands. */
export interface Base {
  readonly branch: string;
  readonly commit: string | undefined;
  readonly ref: GitRef;
}

/** The branch that the config names; else develop where there is one, else the main branch. */
export async function findBase(
  { repository }: { readonly repository?: GitRepository | undefined },
  { config, trigger }: ReadProject,
): Promise<Result<Base & { readonly commit: string }>> {
  if (!repository) return fail(noRepository);
  const { base } = updateSettings(config.written.dependencies);
  const main = await mainBranch(repository, config);
  const wanted = base === undefined ? [branchesOf(config, trigger).develop, main] : [base];
  for (const branch of wanted) {
    const found = await findBranch(repository, branch);
    if (found) return ok({ branch, ...found });
  }
  return fail({
    code: "GANTRY-REF-UNKNOWN",
    message: `there is no branch ${wanted.map((branch) => `\`${branch}\``).join(" or ")}`,
    mend: "name the branch that updates go to with `dependencies.base`, and check it out with its history",
  });
}

const noRepository = {
  code: "GANTRY-NOT-A-REPOSITORY",
  message: "the folder is in no git repository: updates are proposed to a branch",
  mend: "call it in a git repository, or give one with `--repo`",
} as const;
