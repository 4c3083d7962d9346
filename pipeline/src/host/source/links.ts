import { readlink } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import type { SourceFile } from "./source.ts";

export interface Kept {
  readonly files: readonly SourceFile[];
  readonly warnings: readonly string[];
}

/**
 * Leaves out relative links that lead out of the source: in a copy they would lead elsewhere, into
 * Gantry's own folder among others. An absolute link means the same everywhere and stays.
 */
export async function withoutEscapingLinks(
  root: string,
  files: readonly SourceFile[],
): Promise<Kept> {
  const links = files.filter(({ kind }) => kind === "link");
  const escaping = new Set<string>();
  await Promise.all(
    links.map(async ({ path }) => {
      const target = await readlink(join(root, path)).catch(() => "");
      if (escapes(path, target)) escaping.add(path);
    }),
  );
  if (escaping.size === 0) return { files, warnings: [] };
  return {
    files: files.filter(({ path }) => !escaping.has(path)),
    warnings: [...escaping].map((path) => `the link ${path} leads out of the source: left out`),
  };
}

/** Whether a link's target, taken from its own folder, is above the root. */
export function escapes(path: string, target: string): boolean {
  if (target === "" || isAbsolute(target)) return false;
  const resolved = normalize(join(dirname(path), target));
  return resolved === ".." || resolved.startsWith("../");
}
