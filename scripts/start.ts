import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { main } from "../pipeline/src/cli/main.ts";
import { describeProblem } from "../pipeline/src/errors/problem.ts";
import { makeGantryFolder } from "../pipeline/src/host/gantry-folder.ts";
import { readSource } from "../pipeline/src/host/source.ts";
import { syncWorkspace } from "../pipeline/src/host/workspace.ts";

/**
 * `npm start`: the main job on the example application, from a scratch git repository, as a push
 * to main would do it. The run's folder is this repository's `.gantry/runs/latest`.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const home = await makeGantryFolder(root);
const scratch = join(home, "start", "rose");

/** The same commit every time, whoever runs it. */
const identity = {
  GIT_AUTHOR_NAME: "Rose",
  GIT_AUTHOR_EMAIL: "rose@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Rose",
  GIT_COMMITTER_EMAIL: "rose@example.com",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

await layOutExample();
process.exitCode = await main(
  [
    "ci",
    "-C",
    scratch,
    "--event",
    "push",
    "--branch",
    "main",
    "--runs",
    join(home, "runs"),
    ...process.argv.slice(2),
  ],
  { stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() },
);

/** A fresh copy with one commit; the workspaces and installed packages of earlier runs stay. */
async function layOutExample(): Promise<void> {
  const example = join(root, "examples", "rose");
  const source = await readSource(example);
  if (!source.ok) throw new Error(source.problems.map(describeProblem).join("\n"));
  await syncWorkspace(source.value, scratch, new Set([".gantry"]));
  const git = (...args: string[]) => execa("git", args, { cwd: scratch, env: identity });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "feat: rose, the example application");
}
