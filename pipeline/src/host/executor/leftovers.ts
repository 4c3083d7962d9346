import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ends processes that left their group (a daemon, say) but still carry the run's mark in their
 * environment. Only Linux tells; elsewhere process groups have to do.
 */
export async function endRunningProcesses(runId: string): Promise<void> {
  if (process.platform !== "linux") return;
  const mark = `GANTRY_RUN_ID=${runId}\0`;
  // A killed process is gone a moment later, and may have started another one in between.
  for (let look = 0; look < looks; look += 1) {
    const left = await marked(mark);
    if (left.length === 0) return;
    for (const pid of left) kill(pid);
    await sleep(pauseMilliseconds);
  }
}

const looks = 40;
const pauseMilliseconds = 50;

/** What carries the mark and still runs: one that has ended has no environment any more. */
async function marked(mark: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return [];
      const environ = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      return environ.includes(mark) ? [pid] : [];
    }),
  );
  return found.flat();
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in between.
  }
}
