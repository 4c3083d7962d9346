import type { Directory } from "../client.ts";

/**
 * A `.git` folder whose HEAD is a commit and on no branch. Where nothing but a commit is checked
 * out, as GitHub does for a pull request, the engine makes a branch of its own for it and calls it
 * `main`: that would pass for the base, and the pull request for empty.
 */
export async function detached(git: Directory): Promise<Directory> {
  const branch = await branchIn(git);
  return branch === undefined ? git : withoutBranches(git, branch);
}

/** The same, unless HEAD is on the branch that is checked: a person's own steps may ask for it. */
export async function detachedUnlessOn(name: string, git: Directory): Promise<Directory> {
  const branch = await branchIn(git);
  return branch === undefined || branch === `refs/heads/${name}`
    ? git
    : withoutBranches(git, branch);
}

function withoutBranches(git: Directory, head: string): Directory {
  return git.withoutDirectory("refs/heads").withFile("HEAD", git.file(head));
}

/** The file of the branch that HEAD is on; nothing where it is on none, or has no commit yet. */
async function branchIn(git: Directory): Promise<string | undefined> {
  const head = await git
    .file("HEAD")
    .contents()
    .catch(() => "");
  const branch = /^ref: (refs\/heads\/\S+)\s*$/.exec(head)?.[1];
  return branch !== undefined && (await git.exists(branch)) ? branch : undefined;
}
