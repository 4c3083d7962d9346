import { lstat, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Ground } from "../../adopt/decide-all.ts";
import { blockedPlace, type Standing } from "../../adopt/place.ts";
import type { Source } from "../../host/source/source.ts";

/** The repository as it stands on this machine. */
export function groundOf({ root, files }: Source, forced: readonly string[]): Ground {
  return {
    files: files.map(({ path }) => path),
    standing: (path) => readStanding(root, path),
    forced,
  };
}

/** Reads one wanted file. A link is never followed: it may lead out of the repository. */
export async function readStanding(root: string, path: string): Promise<Standing> {
  const above = await blockedAbove(root, dirname(path));
  if (above) return blockedPlace(path, above);
  const found = await statOf(join(root, path));
  if (!found) return { kind: "nothing" };
  if (!found.isFile())
    return blockedPlace(
      path,
      `${path} is a ${found.isSymbolicLink() ? "link" : "folder or device"}`,
    );
  const bytes = await readFile(join(root, path));
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes))
    return blockedPlace(path, `${path} is no UTF-8 text`);
  return { kind: "text", text };
}

async function blockedAbove(root: string, folder: string): Promise<string | undefined> {
  if (folder === ".") return undefined;
  const above = await blockedAbove(root, dirname(folder));
  if (above) return above;
  const found = await statOf(join(root, folder));
  if (!found || found.isDirectory()) return undefined;
  return `${folder} is a ${found.isSymbolicLink() ? "link" : "file"}, and no folder`;
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
}
