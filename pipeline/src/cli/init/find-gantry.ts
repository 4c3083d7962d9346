import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { GantryAddress, GantrySource } from "../../adopt/facts.ts";
import { gantrySource } from "../../adopt/gantry-source.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";

/** Where `dagger call` is to find Gantry, for the repository at a folder. */
export async function findGantry(
  root: string,
  ownRoot: string,
  named: string | undefined,
): Promise<Result<GantrySource>> {
  if ((await realpath(root)) === (await realpath(ownRoot))) return ok({ kind: "own" });
  const moduleText = await readFile(join(root, "dagger.json"), "utf8").catch(() => undefined);
  return gantrySource({ named, moduleText, ownAddress: () => ownAddress(ownRoot) });
}

/** Gantry's own checkout at the commit that runs here, where it has a public address. */
async function ownAddress(ownRoot: string): Promise<GantryAddress | undefined> {
  const [remote, commit] = await Promise.all([
    gitLine(ownRoot, ["config", "--get", "remote.origin.url"]),
    gitLine(ownRoot, ["rev-parse", "--verify", "HEAD"]),
  ]);
  const found = /(github\.com)[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote ?? "");
  if (!found || commit === undefined) return undefined;
  return { source: `${found[1]}/${found[2]}@${commit}`, pin: commit };
}
