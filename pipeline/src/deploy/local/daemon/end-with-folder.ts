import { type FileHandle, open } from "node:fs/promises";

const looksEveryMilliseconds = 5000;
const patienceMilliseconds = 30_000;

/**
 * Ends this process once the environment's folder is deleted: nobody can ask it for anything then,
 * and it would hold its port for ever. A folder that was moved stands, and so does one that cannot
 * be looked at.
 */
export async function endWithFolder(folder: string, before: () => Promise<void>): Promise<void> {
  // Held open: another folder may stand at the same path by the time that this one is gone.
  const handle = await open(folder, "r");
  const looking = setInterval(async () => {
    if (!(await isDeleted(handle))) return;
    clearInterval(looking);
    console.error(`${folder} was deleted: what ran from it ends`);
    setTimeout(endAtOnce, patienceMilliseconds).unref();
    await before().finally(endAtOnce);
  }, looksEveryMilliseconds).unref();
}

/** Whether no path leads to it any more. */
export async function isDeleted(handle: FileHandle): Promise<boolean> {
  return handle.stat().then(
    ({ nlink }) => nlink === 0,
    () => false,
  );
}

/** Without any tidying up, which would meet whatever stands at the same paths now. */
function endAtOnce(): void {
  process.kill(process.pid, "SIGKILL");
}
