import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { git, gitLine } from "../git.ts";

/**
 * Gives a workspace git's history: a repository of its own that borrows the objects of the source,
 * so that nothing a step does reaches the user's. A folder that is no repository, or only a part of
 * one, has none to give.
 */
export async function linkHistory(source: string, workspace: string): Promise<void> {
  const target = join(workspace, ".git");
  const clone = `${workspace}.clone`;
  await Promise.all([target, clone].map((path) => rm(path, { recursive: true, force: true })));
  if ((await gitLine(source, ["rev-parse", "--show-toplevel"])) !== source) return;
  const options = ["--quiet", "--shared", "--no-checkout", "--no-hardlinks"];
  const cloned = await git(source, ["clone", ...options, "--", source, clone]);
  if (cloned.ok) {
    await cp(join(clone, ".git"), target, { recursive: true });
    // Its remote is the user's own repository: a step may look there, and never push.
    await git(workspace, ["config", "remote.origin.pushUrl", "/nowhere: steps do not push"]);
    // The index names the commit's files: the workspace shows the same changes as the source.
    await git(workspace, ["reset", "--quiet", "--mixed"]);
  }
  await rm(clone, { recursive: true, force: true });
}
