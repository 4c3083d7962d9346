import { z } from "zod";
import { fail, ok, type Result } from "../errors/problem.ts";
import type { GantryAddress, GantrySource } from "./facts.ts";

const moduleFile = z.looseObject({
  blueprint: z.looseObject({ source: z.string(), pin: z.string().optional() }).optional(),
});

export interface GantryPlace {
  /** Where Gantry is published, as somebody says. */
  readonly named: string | undefined;
  /** The text of the repository's dagger.json. */
  readonly moduleText: string | undefined;
  /** Where the Gantry that runs is published, as far as it knows. */
  readonly ownAddress: () => Promise<GantryAddress | undefined>;
}

/** Where `dagger call` is to find Gantry: what dagger.json says, what was said, or Gantry's own remote. */
export async function gantrySource({
  named,
  moduleText,
  ownAddress,
}: GantryPlace): Promise<Result<GantrySource>> {
  if (named !== undefined && !isAddress(named)) {
    return fail({
      code: "GANTRY-USAGE",
      message: `\`--module ${named}\` is no address of a Dagger module`,
      mend: "write it as `github.com/OWNER/gantry@VERSION`",
    });
  }
  const theirs = moduleText === undefined ? undefined : parsed(moduleText)?.blueprint;
  if (theirs && named === undefined && isAddress(theirs.source)) {
    const { source, pin } = theirs;
    return ok({ kind: "blueprint", address: { source, ...(pin && { pin }) } });
  }
  const address = named === undefined ? await ownAddress() : { source: named };
  if (!address) return ok({ kind: "unknown" });
  return ok({ kind: moduleText === undefined || theirs ? "blueprint" : "beside", address });
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
