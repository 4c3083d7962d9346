import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { endRunningProcesses } from "../../../../host/executor/leftovers.ts";
import { signalGroup } from "../../../../host/process.ts";
import type { ProcessMark } from "../../state.ts";
import { isRunning, markOf } from "./process-mark.ts";
import { type Ending, graceMilliseconds, type Running, settling, watched } from "./running.ts";

export interface ProcessStart {
  /** The deployment's id, which the process carries in its environment as GANTRY_RUN_ID. */
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its output goes straight into this file, so that it needs no daemon to go on. */
  readonly log: string;
}

export interface StartedProcess {
  readonly running: Running;
  readonly mark: ProcessMark | undefined;
}

/** Starts a process in a group of its own that outlives the daemon. */
export function startProcess({ id, argv, cwd, env, log }: ProcessStart): StartedProcess {
  const [program, ...args] = argv;
  const file = openSync(log, "a");
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", file, file] });
  closeSync(file);
  const mark = child.pid === undefined ? undefined : markOf(child.pid);
  const ended = new Promise<Ending>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve(notStarted(program, error)));
    child.once("exit", (code, signal) => resolve(endingOf(code, signal)));
  });
  const stopped = ended.then(async (ending) => {
    await endLeftovers(id, child.pid);
    return ending;
  });
  child.unref();
  return { mark, running: runningProcess(id, mark, stopped) };
}

/** Takes over a process that another daemon has started; nothing where it has ended. */
export function adoptProcess(id: string, mark: ProcessMark): Running | undefined {
  if (!isRunning(mark)) return undefined;
  const look = async (): Promise<Ending | undefined> =>
    isRunning(mark) ? undefined : { why: "it ended" };
  return runningProcess(id, mark, watched(look, 200));
}

function runningProcess(
  id: string,
  mark: ProcessMark | undefined,
  ended: Promise<Ending>,
): Running {
  const kept = settling(ended);
  return {
    ...kept,
    async end() {
      if (mark && isRunning(mark)) {
        signalGroup(mark.pid, "SIGTERM");
        await Promise.race([kept.ended, sleep(graceMilliseconds, undefined, { ref: false })]);
        if (isRunning(mark)) signalGroup(mark.pid, "SIGKILL");
      }
      await kept.ended;
      await endRunningProcesses(id);
    },
  };
}

/** What a process leaves in its group, or has sent away from it, ends with it. */
async function endLeftovers(id: string, pid: number | undefined): Promise<void> {
  signalGroup(pid, "SIGKILL");
  await endRunningProcesses(id);
}

function endingOf(code: number | null, signal: NodeJS.Signals | null): Ending {
  if (code === null) return { why: `it was ended by ${signal}` };
  return { why: `it ended with exit code ${code}`, exit: code };
}

function notStarted(program: string, { code, message }: NodeJS.ErrnoException): Ending {
  const why = code === "ENOENT" ? "not found" : message;
  return { why: `\`${program}\` could not be started: ${why}` };
}
