import { execa } from "execa";
import { fail, ok, type Result } from "../errors/problem.ts";

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
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
  { env = {}, input }: GitOptions = {},
): Promise<GitEnd> {
  const result = await execa(
    "git",
    [
      "-c",
      "core.hooksPath=/dev/null",
      "-c",
      "core.fsmonitor=false",
      "-c",
      "core.quotePath=false",
      ...args,
    ],
    {
      cwd: directory,
      env: {
        ...withoutRepository(process.env),
        ...env,
        GIT_OPTIONAL_LOCKS: "0",
        GIT_TERMINAL_PROMPT: "0",
        LC_ALL: "C",
      },
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      maxBuffer: 512 * 1024 * 1024,
      ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    },
  );
  return {
    exit: result.exitCode,
    stdout: String(result.stdout ?? ""),
    stderr: String(result.stderr ?? "") || (result.shortMessage ?? ""),
    missing: result.code === "ENOENT",
  };
}

/** Runs git and answers its output. */
export async function git(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result<string>> {
  const { exit, stdout, stderr, missing } = await runGit(directory, args, { env });
  if (exit === 0) return ok(stdout);
  return fail({
    code: missing ? "GANTRY-TOOL-MISSING" : "GANTRY-GIT-FAILED",
    message: missing
      ? "git is not on this machine"
      : `\`git ${args[0]}\` failed: ${firstLine(stderr)}`,
    mend: missing ? "install git" : "run the same git command in the repository to see more",
  });
}

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
