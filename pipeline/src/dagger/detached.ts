import type { Directory } from "./client.ts";

/**
 * A `.git` folder whose HEAD is a commit and on no branch. Where nothing but a commit is checked
 * out, as GitHub does for a pull request, the engine makes a branch of its own for it and calls it
 * `main`: that would pass for the base, and the pull request for empty.
 */
export async function detached(git: Directory): Promise<Directory> {
  const branch = await branchIn(git);
  if (branch === undefined) return git;
  const commit = git.file(branch);
  return git.withoutDirectory("refs/heads").withFile("HEAD", commit);
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
