import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { git, gitLine } from "./git.ts";

/**
 * Gives a workspace git's history: a repository of its own that borrows the objects of the source,
 * so that nothing a step does reaches the user's.
 */
export async function linkHistory(source: string, workspace: string): Promise<void> {
  const root = await gitLine(source, ["rev-parse", "--show-toplevel"]);
  // A folder that git does not know has no history to give.
  if (root === undefined) return;
  const target = join(workspace, ".git");
  await rm(target, { recursive: true, force: true });
  const clone = `${workspace}.clone`;
  await rm(clone, { recursive: true, force: true });
  const cloned = await git(root, [
    "clone",
    "--quiet",
    "--shared",
    "--no-checkout",
    "--no-hardlinks",
    "--",
    root,
    clone,
  ]);
  if (cloned.ok) await cp(join(clone, ".git"), target, { recursive: true });
  else await cp(join(root, ".git"), target, { recursive: true });
  await rm(clone, { recursive: true, force: true });
  // The index then names the commit's files, and the workspace shows the same changes as the source.
  await git(workspace, ["reset", "--quiet", "--mixed"]);
}
