import { type SpawnOptions, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fail, ok, type Problem, type Result } from "../errors/problem.ts";

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** How its output becomes text: `latin1` keeps every byte as one character. */
  readonly encoding?: "utf8" | "latin1";
}

/** How git ended; a signal, or no git at all, has no exit code. */
export interface GitEnd {
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly missing: boolean;
}

/**
 * Runs git. Configuration of the machine that could start programs (hooks, pagers, fsmonitor) is
 * switched off; `--` and full ref names are the caller's duty.
 */
export async function runGit(
  directory: string,
  args: readonly string[],
  { env = {}, input, encoding = "utf8" }: GitOptions = {},
): Promise<GitEnd> {
  const settings = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false"];
  const options: SpawnOptions = {
    cwd: directory,
    env: {
      ...withoutRepository(process.env),
      ...env,
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
      LC_ALL: "C",
    },
    // What git is not told anything by needs no pipe.
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  };
  const words = [...settings.flatMap((setting) => ["-c", setting]), ...args];
  // Node's own: loading a library takes longer than most of what git is asked.
  return new Promise((resolve) => {
    const child = spawn("git", words, options);
    const [stdout, stderr] = [collect(child.stdout, encoding), collect(child.stderr, "utf8")];
    child.on("error", (error: NodeJS.ErrnoException) =>
      resolve({
        exit: undefined,
        stdout: "",
        stderr: error.message,
        missing: error.code === "ENOENT",
      }),
    );
    child.on("close", (code, signal) =>
      resolve({
        exit: code ?? undefined,
        stdout: stdout(),
        stderr: stderr() || (signal ? `git was ended by ${signal}` : ""),
        missing: false,
      }),
    );
    // git may end before it has read everything; its exit code says whether that matters.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** A stream's text, to be asked for at its end. */
function collect(stream: Readable | null, encoding: BufferEncoding): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString(encoding);
}

/** Runs git and answers its output. */
export async function git(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result<string>> {
  const { exit, stdout, stderr, missing } = await runGit(directory, args, { env });
  if (exit === 0) return ok(stdout);
  if (missing) return fail(gitMissing);
  return fail({
    code: "GANTRY-GIT-FAILED",
    message: `\`git ${args[0]}\` failed: ${firstLine(stderr)}`,
    mend: "run the same git command in the repository to see more",
  });
}

export const gitMissing: Problem = {
  code: "GANTRY-TOOL-MISSING",
  message: "git is not on this machine",
  mend: "install git",
};

/** One line of git's answer, or undefined where it has none. */
export async function gitLine(
  directory: string,
  args: readonly string[],
): Promise<string | undefined> {
  const result = await git(directory, args);
  const line = result.ok ? result.value.trim() : "";
  return line === "" ? undefined : line;
}

/** What `git rev-parse --local-env-vars` lists, and its kin. */
const ofRepository =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|PREFIX|NAMESPACE|GRAFT_FILE|SHALLOW_FILE|CONFIG.*|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|INTERNAL_SUPER_PREFIX|QUARANTINE_PATH)$/;

/**
 * A git hook that calls Gantry sets GIT_DIR and GIT_INDEX_FILE: with them, a command meant for a
 * workspace would change the user's own repository.
 */
function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofRepository.test(name)));
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
