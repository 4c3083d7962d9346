import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describeProblem } from "../../pipeline/src/errors/problem.ts";
import { readSource } from "../../pipeline/src/host/source/source.ts";
import { syncWorkspace } from "../../pipeline/src/host/source/workspace.ts";

/** The same commits every time, whoever makes them. */
const identity = {
  GIT_AUTHOR_NAME: "Rose",
  GIT_AUTHOR_EMAIL: "rose@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Rose",
  GIT_COMMITTER_EMAIL: "rose@example.com",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

/** A change to the example that somebody might make on a bad day. */
export interface Change {
  readonly message: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** It asks a model provider without a key for it: its health check never passes. */
export const neverWell: Change = {
  message: "feat: answers from a language model",
  file: "gantry.yaml",
  from: "      ENVIRONMENT: production\n",
  to: "      ENVIRONMENT: production\n      ROSE_PROVIDER: groq\n",
};

/** It is healthy and counts wrongly: only the tests against the live service show it. */
export const countsWrongly: Change = {
  message: "feat: counts what a person says",
  file: "src/rose/conversation.py",
  from: "        turns = 1 + sum(",
  to: "        turns = 2 + sum(",
};

/** Where the first version is found again: no branch, so that it shows nowhere. */
const first = "refs/gantry/first";

/** Lays the example out in a scratch folder as a repository with one commit. */
export async function layOutExample(example: string, scratch: string): Promise<void> {
  const source = await readSource(example);
  if (!source.ok) throw new Error(source.problems.map(describeProblem).join("\n"));
  await syncWorkspace(source.value, scratch, new Set([".gantry"]));
  await git(scratch, "init", "--quiet", "--initial-branch=main");
  await commit(scratch, "feat: rose, the example application");
  await git(scratch, "update-ref", first, "HEAD");
}

/** One more commit on top of the first version. */
export async function change(scratch: string, { message, file, from, to }: Change): Promise<void> {
  await git(scratch, "reset", "--quiet", "--hard", first);
  const text = await readFile(join(scratch, file), "utf8");
  if (!text.includes(from)) throw new Error(`the example's ${file} has no ${JSON.stringify(from)}`);
  await writeFile(join(scratch, file), text.replace(from, to));
  await commit(scratch, message);
}

/** The first version again, as the work tree was before. */
export async function backToFirst(scratch: string): Promise<void> {
  await git(scratch, "reset", "--quiet", "--hard", first);
}

async function commit(scratch: string, message: string): Promise<void> {
  await git(scratch, "add", "--all");
  await git(scratch, "commit", "--quiet", "--message", message);
}

async function git(scratch: string, ...args: string[]): Promise<void> {
  await execa("git", args, { cwd: scratch, env: identity });
}
