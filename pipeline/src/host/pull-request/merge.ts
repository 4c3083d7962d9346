import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Known } from "../../pull-request/facts.ts";
import { gitLine, runGit } from "../git.ts";
import type { Commits } from "./commits.ts";
import { gitFailed } from "./failed.ts";

/**
 * The files that git cannot merge. The merge is tried on objects alone, and what it writes goes into
 * a folder of its own: neither the checkout nor the repository changes.
 */
export async function readConflicts(commits: Commits): Promise<Known<readonly string[]>> {
  const { root, prefix, base, head } = commits;
  if (base === commits.mergeBase) return { value: [] };
  const objects = await gitLine(root, [
    "rev-parse",
    "--path-format=absolute",
    "--git-path",
    "objects",
  ]);
  const scratch = await mkdtemp(join(tmpdir(), "gantry-merge-"));
  try {
    const merge = await runGit(
      root,
      ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", base, head],
      {
        env: {
          GIT_OBJECT_DIRECTORY: scratch,
          GIT_ALTERNATE_OBJECT_DIRECTORIES: objects ?? "",
        },
      },
    );
    if (merge.exit === 0) return { value: [] };
    if (merge.exit !== 1) return tooOld(merge.stderr) ?? gitFailed("merge-tree", merge);
    const [, ...names] = merge.stdout.split("\0");
    const files = [...new Set(names)].filter((name) => name !== "" && name.startsWith(prefix));
    return { value: files.map((name) => name.slice(prefix.length)) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function tooOld(stderr: string): { unknown: string; mend: string } | undefined {
  if (!/usage: git merge-tree|unknown option/.test(stderr)) return undefined;
  return {
    unknown: "this git cannot try a merge without a checkout",
    mend: "install git 2.38 or newer",
  };
}
