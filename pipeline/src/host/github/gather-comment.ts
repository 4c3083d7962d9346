import { join, resolve } from "node:path";
import type { Run } from "../../execute/run.ts";
import { type BaseCoverage, readBaseCoverage } from "../../report/base-coverage.ts";
import { type Change, missingOf } from "../../report/markdown/comment/change.ts";
import type { CommentFacts } from "../../report/markdown/comment/comment.ts";
import { gitLine } from "../git.ts";
import { readAddedLines } from "../pull-request/change.ts";
import { findCommits } from "../pull-request/commits.ts";
import { readJson } from "../read-json.ts";

interface Where {
  readonly directory: string;
  readonly cwd: string;
  /** The base's run, as a file or folder. */
  readonly base?: string | undefined;
}

/** What a comment says beyond the run itself. What cannot be found out is said, and stops nothing. */
export async function gatherComment(run: Run, where: Where): Promise<CommentFacts> {
  const [base, change] = await Promise.all([readBase(where), readChange(run, where.directory)]);
  const missing = where.base !== undefined && base === undefined;
  return {
    run,
    ...(base && { base }),
    ...(change && { change }),
    ...(missing && { notes: ["the base's run.json or state.json is not there or cannot be read"] }),
  };
}

async function readBase({ base, cwd }: Where): Promise<BaseCoverage | undefined> {
  if (base === undefined) return undefined;
  const path = resolve(cwd, base);
  for (const file of [path, join(path, "run.json"), join(path, "state.json")]) {
    const read = readBaseCoverage(await readJson(file));
    if (read) return read;
  }
  return undefined;
}

/** The lines that the pull request adds, in files with lines that no test ran. */
async function readChange({ plan, stages }: Run, directory: string): Promise<Change | undefined> {
  const { base, baseCommit, commit } = plan.trigger;
  const files = new Set(stages.flatMap(missingOf).map(({ file }) => file));
  if (base === undefined || files.size === 0) return undefined;
  const head = await testedCommit(directory, commit);
  const commits = await findCommits({ directory, base, baseCommit, head });
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
