import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const gantry = join(root, "scripts", "gantry");

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly asked: string;
  readonly holds: boolean;
}

/** No Docker and no GitHub, so that only processes are compared. */
export const plainEnvironment = {
  DOCKER_HOST: "unix:///nonexistent/docker.sock",
  GITHUB_EVENT_PATH: "",
  GITHUB_ACTIONS: "",
};

export interface Timed {
  readonly seconds: number;
  readonly exit: number;
  /** The most memory that the process itself held, in MB. */
  readonly megabytes: number;
}

/** Runs a command to its end, with the time it took and the most memory it held (Linux). */
export async function timed(argv: readonly string[], cwd: string): Promise<Timed> {
  const [program = "", ...args] = argv;
  const begun = performance.now();
  const child = execa(program, args, {
    cwd,
    env: plainEnvironment,
    reject: false,
    stdio: "ignore",
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, peakMegabytes(child.pid));
  }, 50);
  const { exitCode } = await child;
  clearInterval(timer);
  return { seconds: (performance.now() - begun) / 1000, exit: exitCode ?? -1, megabytes };
}

function peakMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Makes a folder a git repository with everything in it committed. */
export async function commitAll(folder: string): Promise<void> {
  const git = (...args: string[]) => execa("git", args, { cwd: folder });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git(
    "-c",
    "user.name=Bench",
    "-c",
    "user.email=bench@example.com",
    "commit",
    "--quiet",
    "-m",
    "feat: it",
  );
}

export async function repeat(times: number, work: () => Promise<Timed>): Promise<Timed[]> {
  const results: Timed[] = [];
  for (let index = 0; index < times; index += 1) results.push(await work());
  return results;
}
