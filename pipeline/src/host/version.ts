import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "../errors/problem.ts";
import { git, gitLine } from "./git.ts";

/** A commit's files, laid out in a folder that holds nothing else. */
export interface Version {
  readonly root: string;
  readonly files: readonly string[];
}

/** The commit that a tag, branch or shortened commit stands for. */
export async function findCommit(root: string, ref: string): Promise<Result<string>> {
  // The words keep a ref that begins with a dash from being taken for an option.
  const commit = await gitLine(root, [
    "rev-parse",
    "--verify",
    "--end-of-options",
    `${ref}^{commit}`,
  ]);
  if (commit && /^[0-9a-f]{40,64}$/.test(commit)) return ok(commit);
  return fail({
    code: "GANTRY-REF-UNKNOWN",
    message: `\`${ref}\` is no commit, tag or branch of this repository`,
    mend: "`git fetch --tags` brings what is not here yet; `gantry history` shows what was deployed",
  });
}

/** The hash of a commit's files as a source has it: equal hashes, equal versions. */
export async function sourceOfCommit(root: string, commit: string): Promise<string | undefined> {
  const tree = await treeOf(root, commit);
  const id = await gitLine(root, ["rev-parse", "--verify", "--end-of-options", tree]);
  return id && `git-tree:${id}`;
}

/** The repository's own part of a commit, where it is a folder of a larger one. */
export async function treeOf(root: string, commit: string): Promise<string> {
  const prefix = (await gitLine(root, ["rev-parse", "--show-prefix"])) ?? "";
  return `${commit}:${prefix.replace(/\/$/, "")}`;
}

/** The tag that names a commit as a version, if one does. */
export async function versionTag(root: string, commit: string): Promise<string | undefined> {
  const tags = await git(root, ["tag", "--points-at", commit, "--sort=-version:refname"]);
  const names = tags.ok ? tags.value.split("\n") : [];
  return names.find((name) => /^v?\d+\.\d+\.\d+/.test(name));
}

/**
 * Lays a commit out as git itself would check it out: exactly what was committed, whatever the
 * work tree looks like. An index of its own leaves the repository's alone.
 */
export async function layOutVersion(
  root: string,
  commit: string,
  folder: string,
): Promise<Result<Version>> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await mkdir(folder, { recursive: true });
  const index = `${folder}.index`;
  const env = { GIT_INDEX_FILE: index };
  try {
    const tree = await treeOf(root, commit);
    const read = await git(root, ["read-tree", tree], env);
    if (!read.ok) return read;
    const top = (await gitLine(root, ["rev-parse", "--show-toplevel"])) ?? root;
    const written = await git(
      top,
      ["checkout-index", "--all", "--force", `--prefix=${folder}/`],
      env,
    );
    if (!written.ok) return written;
    const listed = await git(root, ["ls-tree", "-r", "--name-only", "-z", "--full-tree", tree]);
    if (!listed.ok) return listed;
    return ok({ root: folder, files: listed.value.split("\0").filter((file) => file !== "") });
  } finally {
    await rm(index, { force: true });
  }
}

/** Where a version is laid out while it is deployed. */
export function versionFolder(gantryFolder: string, commit: string): string {
  return join(gantryFolder, "versions", commit);
}
