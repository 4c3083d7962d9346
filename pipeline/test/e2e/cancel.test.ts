import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { run as runSchema } from "../../src/execute/run.ts";
import { createTiny, root, type Scratch, stageOf, withoutDocker } from "./scratch.ts";

/**
 * A command that starts a child in its group and one outside of it, says so, and never ends; both
 * ignore SIGTERM.
 */
const stubborn = `
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
const wait = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
const inside = spawn(process.execPath, ["-e", wait], { stdio: "ignore" });
const outside = spawn(process.execPath, ["-e", wait], { stdio: "ignore", detached: true });
process.on("SIGTERM", () => {});
writeFileSync(process.env.PIDS, [process.pid, inside.pid, outside.pid].join(" "));
setInterval(() => console.log("still here"), 100);
`;

describe("a run that is ended from outside", { timeout: 120_000 }, () => {
  let scratch: Scratch | undefined;
  afterEach(() => scratch?.remove());

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends every process, leaves a report, and exits %i", async (signal, exit) => {
    scratch = await createTiny({ run: "node stubborn.mjs" }, { "stubborn.mjs": stubborn });
    const { folder } = scratch;
    const pids = join(folder, ".gantry-pids");
    await scratch.write(
      "gantry.yaml",
      (await readFile(join(folder, "gantry.yaml"), "utf8")).replace(
        '"run"',
        `"env": { "PIDS": ${JSON.stringify(pids)} }, "run"`,
      ),
    );
    const child = execa(join(root, "scripts", "gantry"), ["ci", "-C", folder], {
      reject: false,
      forceKillAfterDelay: false,
      env: { ...withoutDocker, GITHUB_EVENT_PATH: "", GITHUB_ACTIONS: "" },
    });
    const started = await waitFor(() => readFile(pids, "utf8").catch(() => ""));
    child.kill(signal);
    const end = await child;

    expect(end.exitCode).toBe(exit);
    const alive = started.split(" ").filter((pid) => isAlive(Number(pid)));
    expect(alive).toEqual([]);
    const json = await readFile(join(folder, ".gantry", "runs", "latest", "run.json"), "utf8");
    const run = runSchema.parse(JSON.parse(json));
    expect(run.verdict).toBe("cancelled");
    expect(stageOf(run, "unit-tests").outcome).toBe("cancelled");
    expect(end.stderr).toMatch(/cancelled/i);
  });
});

async function waitFor(look: () => Promise<string>): Promise<string> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = await look();
    if (found !== "") return found;
    await sleep(50);
  }
  throw new Error("nothing came");
}

/** Whether a process still runs; one that ended and that nobody has asked about does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
