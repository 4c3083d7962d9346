import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { GantryAddress, GantrySource } from "../../adopt/facts.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";

const moduleFile = z.looseObject({
  blueprint: z.looseObject({ source: z.string(), pin: z.string().optional() }).optional(),
});

/** Where `dagger call` is to find Gantry: what dagger.json says, what was said, or Gantry's own remote. */
export async function findGantry(
  root: string,
  ownRoot: string,
  named: string | undefined,
): Promise<Result<GantrySource>> {
  if ((await realpath(root)) === (await realpath(ownRoot))) return ok({ kind: "own" });
  if (named !== undefined && !isAddress(named)) {
    return fail({
      code: "GANTRY-USAGE",
      message: `\`--module ${named}\` is no address of a Dagger module`,
      mend: "write it as `github.com/OWNER/gantry@VERSION`",
    });
  }
  const text = await readFile(join(root, "dagger.json"), "utf8").catch(() => undefined);
  const module = text === undefined ? undefined : parsed(text);
  const theirs = module?.blueprint;
  if (theirs && named === undefined && isAddress(theirs.source)) {
    const { source, pin } = theirs;
    return ok({ kind: "blueprint", address: { source, ...(pin && { pin }) } });
  }
  const address = named === undefined ? await ownAddress(ownRoot) : { source: named };
  if (!address) return ok({ kind: "unknown" });
  return ok({ kind: text === undefined || theirs ? "blueprint" : "beside", address });
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

/** A plain word: it stands in workflows. */
function isAddress(text: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)+(@[\w./-]+)?$/.test(text) && !text.startsWith("-");
}

function parsed(text: string): z.infer<typeof moduleFile> | undefined {
  try {
    return moduleFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
