import type { UpdateSettings } from "../../dependencies/settings.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { mainBranch } from "../../host/release/branches.ts";
import { readRefs } from "../../host/release/repository.ts";
import { newestRef } from "../../host/source/newest-ref.ts";
import { findCommit } from "../../host/version.ts";
import { branchesOf } from "../../plan/branches.ts";
import type { Project } from "../project.ts";

/** Where updates go to, and the commit that they are made from; none: the source as it stands. */
export interface Base {
  readonly branch: string;
  readonly commit: string | undefined;
}

/** The branch that the config names; else develop where there is one, else the main branch. */
export async function findBase(
  { source, config, trigger }: Project,
  settings: UpdateSettings,
): Promise<Result<Base>> {
  const { develop } = branchesOf(config, trigger);
  const refs = await readRefs(source.root);
  const main = mainBranch(config.written, refs.ok ? refs.value.mainlines : []);
  const wanted = settings.base === undefined ? [develop, main] : [settings.base];
  for (const branch of wanted) {
    const ref = await newestRef(source.root, branch);
    if (ref === undefined) continue;
    const commit = await findCommit(source.root, ref);
    return commit.ok ? ok({ branch, commit: commit.value }) : commit;
  }
  if (settings.base !== undefined) return findCommit(source.root, settings.base).then(failed);
  return ok({ branch: source.branch ?? main, commit: source.commit });
}

/** A base that was named and is not there is told as any unknown name is. */
function failed(found: Result<string>): Result<Base> {
  return found.ok ? ok({ branch: found.value, commit: found.value }) : found;
}
