import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** A folder of workspaces that no other run works in. */
export interface WorkRoot {
  readonly folder: string;
  readonly release: () => Promise<void>;
}

const mostAtOnce = 50;

/**
 * Takes the first free one of `work`, `work-2`, … so that two runs of one repository do not write
 * into each other. A lock whose process is gone is nobody's.
 */
export async function takeWorkRoot(gantryFolder: string): Promise<WorkRoot> {
  await mkdir(gantryFolder, { recursive: true });
  for (let number = 1; number <= mostAtOnce; number += 1) {
    const folder = join(gantryFolder, number === 1 ? "work" : `work-${number}`);
    const lock = `${folder}.lock`;
    if (await take(lock)) return { folder, release: () => rm(lock, { force: true }) };
  }
  throw new Error(`${mostAtOnce} runs of this repository at once`);
}

async function take(lock: string): Promise<boolean> {
  if (await create(lock)) return true;
  const owner = Number(await readFile(lock, "utf8").catch(() => ""));
  if (owner > 0 && isRunning(owner)) return false;
  await rm(lock, { force: true });
  return create(lock);
}

async function create(lock: string): Promise<boolean> {
  const file = await open(lock, "wx").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
  await file?.write(String(process.pid));
  await file?.close();
  return file !== undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
