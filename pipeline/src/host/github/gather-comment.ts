import { join, resolve } from "node:path";
import type { Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { findBaseCoverage } from "../../github/base-coverage.ts";
import type { Connection } from "../../github/client/index.ts";
import type { Known } from "../../pull-request/facts.ts";
import {
  type BaseCoverage,
  type NotCompared,
  readBaseCoverage,
} from "../../report/base-coverage.ts";
import { type Change, missingOf } from "../../report/markdown/comment/change.ts";
import type { CommentFacts } from "../../report/markdown/comment/comment.ts";
import { gitLine } from "../git.ts";
import { readAddedLines } from "../pull-request/change.ts";
import { type Commits, findCommits } from "../pull-request/commits.ts";
import { readJson } from "../read-json.ts";

interface Where {
  readonly directory: string;
  readonly cwd: string;
  /** The base's run, as a file or folder. */
  readonly base?: string | undefined;
  /** GitHub, where the base's run is looked for that nobody hands in. */
  readonly connection: Result<Connection>;
}

/** What a comment says beyond the run itself. What cannot be found out is said, and stops nothing. */
export async function gatherComment(run: Run, where: Where): Promise<CommentFacts> {
  const commits = await commitsOf(run, where.directory);
  const [base, change] = await Promise.all([
    where.base === undefined ? findBase(run, where, commits) : readBase(where.base, where.cwd),
    readChange(run, commits),
  ]);
  return { run, ...(base && { base }), ...(change && { change }) };
}

/** Where the change left its base; nothing where there is no base. */
async function commitsOf({ plan }: Run, directory: string): Promise<Known<Commits> | undefined> {
  const { base, baseCommit, commit } = plan.trigger;
  if (base === undefined) return undefined;
  return findCommits({ directory, base, baseCommit, head: await testedCommit(directory, commit) });
}

async function readBase(base: string, cwd: string): Promise<BaseCoverage | NotCompared> {
  const path = resolve(cwd, base);
  for (const file of [path, join(path, "run.json"), join(path, "state.json")]) {
    const read = readBaseCoverage(await readJson(file));
    if (read) return read;
  }
  return { unknown: "the base's run.json or state.json is not there or cannot be read" };
}

/** Looked for only where there is a number that it could change. */
async function findBase(
  { plan, stages }: Run,
  { connection }: Where,
  commits: Known<Commits> | undefined,
): Promise<BaseCoverage | NotCompared | undefined> {
  const { base: branch } = plan.trigger;
  if (branch === undefined || !stages.some(({ coverage }) => coverage)) return undefined;
  if (!connection.ok) {
    return { unknown: connection.problems.map(({ message }) => message).join("; ") };
  }
  const mergeBase = commits && "value" in commits ? commits.value.mergeBase : undefined;
  return findBaseCoverage(connection.value, { branch, mergeBase });
}

/** The lines that the pull request adds, in files with lines that no test ran. */
async function readChange(
  { stages }: Run,
  commits: Known<Commits> | undefined,
): Promise<Change | undefined> {
  const files = new Set(stages.flatMap(missingOf).map(({ file }) => file));
  if (commits === undefined || files.size === 0) return undefined;
  if ("unknown" in commits) return commits;
  const lines = await readAddedLines(commits.value, files);
  return "unknown" in lines ? lines : { lines: lines.value };
}

/** GitHub checks out the merge of a pull request: then the numbers of lines are those of the merge. */
async function testedCommit(directory: string, commit: string): Promise<string> {
  const line = await gitLine(directory, ["rev-list", "--parents", "--max-count=1", "HEAD"]);
  const [, ...parents] = line?.split(" ") ?? [];
  return parents.length > 1 && parents.includes(commit) ? "HEAD" : commit;
}
