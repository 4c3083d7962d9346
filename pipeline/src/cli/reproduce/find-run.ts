import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import type { Connection } from "../../github/client/index.ts";
import { findLeftRun } from "../../github/left-run.ts";
import { connectToGithub } from "../../host/github/connect.ts";
import { readForeignRun } from "../../reproduce/read-run.ts";
import { type RunName, readRunName } from "../../reproduce/run-name.ts";
import type { Terminal } from "../main.ts";
import { runFoldersOf, unknownRun } from "../run/read-run.ts";

/** A run that is to be reproduced, and what people call it. */
export interface FoundRun {
  readonly run: Run;
  readonly name: string;
  /** Where it is seen on GitHub. */
  readonly url?: string;
}

/** A run by what a person calls it: on GitHub, or on this machine. */
export async function findRun(
  word: string,
  directory: string,
  { env, cwd }: Terminal,
  say: (text: string) => void,
): Promise<Result<FoundRun>> {
  const name = readRunName(word, env.GITHUB_SERVER_URL || undefined);
  if (!name.ok) return name;
  if (name.value.kind === "saved") return findSaved(name.value.name, directory, cwd);
  return findOnGithub(name.value, { directory, env, say });
}

async function findSaved(name: string, directory: string, cwd: string): Promise<Result<FoundRun>> {
  const [folder] = await runFoldersOf(name, directory, cwd);
  if (folder === undefined) return fail(unknownRun(name, directory));
  const file = join(folder, "run.json");
  const text = await readFile(file, "utf8").catch(() => "");
  const run = readForeignRun(text, file);
  if (!run.ok) return run;
  const { id, url } = run.value;
  return ok({ run: run.value, name: id, ...(url && { url }) });
}

interface Where {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** For what may take a while. */
  readonly say: (text: string) => void;
}

async function findOnGithub(
  { id, attempt, repository }: Extract<RunName, { kind: "github" }>,
  { directory, env, say }: Where,
): Promise<Result<FoundRun>> {
  const connection = await connect(repository, directory, env);
  if (!connection.ok) return connection;
  const { owner, name } = connection.value.repository;
  say(`reading what run ${id} of ${owner}/${name} left on GitHub`);
  const left = await findLeftRun(connection.value, { id, attempt });
  if (!left.ok) return left;
  const { run, url } = left.value;
  return ok({ run: { ...run, url }, name: String(id), url });
}

/** The address's own word on the repository goes before the environment's. */
async function connect(
  repository: string | undefined,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<Connection>> {
  const told = repository ? { ...env, GITHUB_REPOSITORY: repository } : env;
  const connection = await connectToGithub(directory, told);
  if (connection.ok) return connection;
  return fail(
    ...connection.problems.map((problem) => {
      const found = mends.find(([name]) => problem.message.startsWith(name));
      return found ? { ...problem, mend: found[1] } : problem;
    }),
  );
}

/** What a person on a laptop does; a job on GitHub has both. */
const mends = [
  [
    "GITHUB_TOKEN",
    "set it to a token with `actions: read` for the repository: `GITHUB_TOKEN=$(gh auth token) gantry reproduce …` with GitHub's own command line",
  ],
  ["GITHUB_REPOSITORY", "give the run's whole address, or set it to owner/name"],
] as const;
