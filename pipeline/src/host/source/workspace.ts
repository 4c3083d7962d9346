import { constants } from "node:fs";
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Source, SourceFile } from "./source.ts";

/** What a file looked like when it was laid into the workspace. */
interface Laid {
  readonly id: string;
  readonly kind: SourceFile["kind"];
  readonly size: number;
  /** When anything about it last changed: content, mode or times. No program can set it. */
  readonly ctime: number;
}

const folderKeep = new Set([".mypy_cache", ".ruff_cache"]);

/**
 * Makes a workspace equal to the source: what changed is copied, what a run left behind is taken
 * out. Folders in `keep` (installed dependencies) stay. The user's own tree is only read.
 */
export async function syncWorkspace(
  source: Source,
  target: string,
  keep: ReadonlySet<string>,
): Promise<void> {
  const manifest = `${target}.files.json`;
  const before = await readManifest(manifest);
  // Gone until the end, so that an interrupted sync is not taken for a finished one.
  await rm(manifest, { force: true });
  await mkdir(target, { recursive: true });
  const wanted = new Map(source.files.map((file) => [file.path, file]));
  const present = await sweep(target, wanted, keep);
  const laid: Record<string, Laid> = {};
  await inBatches(source.files, 64, async (file) => {
    const was = before.get(file.path);
    const is = present.get(file.path);
    const same =
      was &&
      is &&
      was.id === file.id &&
      was.kind === file.kind &&
      was.size === is.size &&
      was.ctime === is.ctime;
    laid[file.path] = same ? was : await lay(source.root, target, file);
  });
  await writeFile(manifest, JSON.stringify(laid));
}

async function readManifest(path: string): Promise<Map<string, Laid>> {
  try {
    return new Map(
      Object.entries(JSON.parse(await readFile(path, "utf8")) as Record<string, Laid>),
    );
  } catch {
    return new Map();
  }
}

/** Takes out what the source does not have; answers what remains. */
async function sweep(
  target: string,
  wanted: ReadonlyMap<string, SourceFile>,
  keep: ReadonlySet<string>,
): Promise<Map<string, Pick<Laid, "size" | "ctime">>> {
  const present = new Map<string, Pick<Laid, "size" | "ctime">>();
  const folders = new Set<string>();
  for (const path of wanted.keys()) {
    for (let cut = path.lastIndexOf("/"); cut > 0; cut = path.lastIndexOf("/", cut - 1)) {
      const folder = path.slice(0, cut);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const holdsKept = (path: string): boolean =>
    [...keep].some((kept) => kept.startsWith(`${path}/`));
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(target, folder), { withFileTypes: true });
    await Promise.all(
      entries.map(async (entry) => {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (keep.has(path) || folderKeep.has(entry.name)) return;
        if (entry.isDirectory() && (folders.has(path) || holdsKept(path))) return walk(path);
        if (!wanted.has(path) || entry.isDirectory()) {
          return rm(join(target, path), { recursive: true, force: true });
        }
        const stat = await lstat(join(target, path));
        present.set(path, { size: stat.size, ctime: stat.ctimeMs });
        return undefined;
      }),
    );
  };
  await walk("");
  return present;
}

async function lay(root: string, target: string, file: SourceFile): Promise<Laid> {
  const from = join(root, file.path);
  const to = join(target, file.path);
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { force: true, recursive: true });
  if (file.kind === "link") await symlink(await readlink(from), to);
  else {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, file.kind === "executable" ? 0o755 : 0o644);
  }
  const stat = await lstat(to);
  return { id: file.id, kind: file.kind, size: stat.size, ctime: stat.ctimeMs };
}

async function inBatches<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (let index = 0; index < items.length; index += size) {
    await Promise.all(items.slice(index, index + size).map(work));
  }
}
