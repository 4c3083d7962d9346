import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** Gantry's own folder for tools and download caches, beside its source. */
export function gantryHome(): string {
  return fileURLToPath(new URL("../../../.gantry", import.meta.url));
}

/**
 * The compiled command line's name, which holds the hash of all of it; none where the sources run.
 * @param program what Node.js was started with
 */
export function compiledName(program: string | undefined): string | undefined {
  return /^bin-[\w-]+\.cjs$/.exec(basename(program ?? ""))?.[0];
}
