import { dirname, join, resolve } from "node:path";
import { exists } from "../host/exists.ts";
import { gitLine } from "../host/git.ts";

/**
 * The folder that a command works on: the one that `-C` names, just as it is; else, from the
 * current folder upwards, the first with a gantry.yaml, or the top of the git checkout.
 */
export async function rootFolder(named: string | undefined, cwd: string): Promise<string> {
  if (named !== undefined) return resolve(cwd, named);
  const top = await gitLine(cwd, ["rev-parse", "--show-toplevel"]);
  if (top === undefined) return cwd;
  for (let folder = cwd; folder.startsWith(top); folder = dirname(folder)) {
    if (await exists(join(folder, "gantry.yaml"))) return folder;
    if (folder === dirname(folder)) break;
  }
  return top;
}
