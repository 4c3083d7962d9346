import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const mostReceipts = 100;
const aWeek = 7 * 24 * 3600 * 1000;

/** Removes what is too old to stand, and of the rest all but the newest. */
export async function prune(folder: string, now: Date): Promise<void> {
  const shelves = await readdir(folder);
  const found = await Promise.all(
    shelves.map(async (shelf) => {
      const names = await readdir(join(folder, shelf)).catch(() => []);
      if (names.length === 0) await rm(join(folder, shelf), { recursive: true, force: true });
      return Promise.all(names.map((name) => aged(join(folder, shelf, name))));
    }),
  );
  const newestFirst = found.flat().sort((a, b) => b.at - a.at);
  const old = newestFirst.filter(
    ({ at }, index) => index >= mostReceipts || now.getTime() - at > aWeek,
  );
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}

async function aged(path: string): Promise<{ path: string; at: number }> {
  const found = await lstat(path).catch(() => undefined);
  return { path, at: found?.mtimeMs ?? 0 };
}

/** Bytes in a file or in all files below a folder; 0 where there is nothing. */
export async function folderSize(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.size ?? 0;
  const sizes = await Promise.all(
    (await readdir(path)).map((name) => folderSize(join(path, name))),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
