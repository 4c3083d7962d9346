import { git } from "../git.ts";

/** Where a branch stands: the remote's is what others see; a local one may lag behind. */
export async function newestRef(directory: string, branch: string): Promise<string | undefined> {
  for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    if ((await git(directory, ["rev-parse", "--verify", "--quiet", ref])).ok) return ref;
  }
  return undefined;
}
