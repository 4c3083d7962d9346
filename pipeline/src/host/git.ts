import { execa } from "execa";
import { fail, ok, type Result } from "../errors/problem.ts";

/**
 * Runs git and answers its output. Configuration of the machine that could start programs (hooks,
 * pagers, fsmonitor) is switched off; `--` and full ref names are the caller's duty.
 */
export async function git(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result<string>> {
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
      stdin: "ignore",
    },
  );
  if (!result.failed) return ok(result.stdout);
  const missing = result.code === "ENOENT";
  return fail({
    code: missing ? "GANTRY-TOOL-MISSING" : "GANTRY-GIT-FAILED",
    message: missing
      ? "git is not on this machine"
      : `\`git ${args[0]}\` failed: ${firstLine(String(result.stderr ?? "") || (result.shortMessage ?? ""))}`,
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
