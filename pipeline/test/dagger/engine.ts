import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { type Run, run as runSchema } from "../../src/execute/run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An image with Node.js that the engine can reach; test machines may have a registry of their own. */
export const nodeImage = process.env.GANTRY_TEST_NODE_IMAGE ?? "";
/** The stage pr-checks brings its scanner with Python. */
export const pythonImage = process.env.GANTRY_TEST_PYTHON_IMAGE || nodeImage;

/**
 * Why no engine can be asked here; undefined where one can. It is found by Dagger's own variables:
 * starting one would pull it from a registry, which a test must not do by itself.
 */
export function noEngine(): string | undefined {
  const { _EXPERIMENTAL_DAGGER_RUNNER_HOST: runner, DAGGER_SESSION_PORT: session } = process.env;
  if (!runner && !session) return "no Dagger engine: _EXPERIMENTAL_DAGGER_RUNNER_HOST is not set";
  if (nodeImage === "") return "no image for it: GANTRY_TEST_NODE_IMAGE is not set";
  try {
    execFileSync("dagger", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "no `dagger` command on the PATH";
  }
}

/** A small application in a git repository of its own, with the module beside it. */
export interface Scratch {
  readonly folder: string;
  readonly write: (path: string, text: string) => void;
  readonly commit: (message: string) => void;
  readonly git: (...words: string[]) => void;
  readonly remove: () => void;
}

export function createScratch(files: Readonly<Record<string, string>>): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "gantry-engine-"));
  const git = (...args: string[]): void => {
    const identity = ["-c", "user.name=Gantry", "-c", "user.email=gantry@example.org"];
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
  };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  for (const part of ["dagger.json", "dagger/package.json", "dagger/tsconfig.json"]) {
    write(part, readFileSync(join(root, part), "utf8"));
  }
  for (const part of ["dagger/core", "dagger/src"]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  git("init", "--quiet", "--initial-branch=develop");
  const commit = (message: string): void => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
  };
  commit("feat: first");
  git("branch", "main");
  return {
    folder,
    write,
    commit,
    git,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Called {
  readonly exit: number;
  readonly stdout: string;
  readonly all: string;
}

export async function dagger(
  scratch: Scratch,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cancelSignal?: AbortSignal,
): Promise<Called> {
  const result = await execa("dagger", ["--progress=plain", "call", ...args], {
    cwd: scratch.folder,
    env: { ...env, DO_NOT_TRACK: "1", DAGGER_NO_NAG: "1", NO_COLOR: "1" },
    reject: false,
    all: true,
    stdin: "ignore",
    ...(cancelSignal && { cancelSignal }),
  });
  return { exit: result.exitCode ?? -1, stdout: String(result.stdout), all: String(result.all) };
}

/** The latest run as the engine keeps it, with the folder that it was exported to. */
export async function exportRun(scratch: Scratch): Promise<{ run: Run; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "gantry-report-"));
  const called = await dagger(scratch, ["report", "export", `--path=${folder}`]);
  if (called.exit !== 0) throw new Error(called.all);
  const text = readFileSync(join(folder, "run.json"), "utf8");
  return { run: runSchema.parse(JSON.parse(text)), folder };
}
