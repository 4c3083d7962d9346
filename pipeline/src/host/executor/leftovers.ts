import { readdir, readFile } from "node:fs/promises";

/**
 * Ends processes that left their group (a daemon, say) but still carry the run's mark in their
 * environment. Only Linux tells; elsewhere process groups have to do.
 */
export async function endRunningProcesses(runId: string): Promise<void> {
  if (process.platform !== "linux") return;
  const mark = `GANTRY_RUN_ID=${runId}\0`;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return;
      const environ = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      if (!environ.includes(mark)) return;
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself in between.
      }
    }),
  );
}
