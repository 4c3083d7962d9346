import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import { type PullRequest, pullForm } from "../issues/pulls.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { look, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly authorName: string | undefined;
  readonly committedAt: string | undefined;
  readonly parents: readonly string[];
}

const commitForm = z
  .object({
    sha: z.string(),
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string().optional() }).nullable(),
      committer: z.object({ date: z.string().optional() }).nullable(),
    }),
    parents: z.array(z.object({ sha: z.string() })),
  })
  .transform(
    ({ sha, commit, parents }): Commit => ({
      sha,
      message: commit.message,
      authorName: commit.author?.name,
      committedAt: commit.committer?.date,
      parents: parents.map((parent) => parent.sha),
    }),
  );

/** The commit of a SHA, branch or tag. GitHub answers a SHA that it does not know with 422. */
export async function findCommit(
  connection: Connection,
  ref: string,
): Promise<Answer<Commit | undefined>> {
  return lookFor(connection, path`/commits/${ref.split("/")}`, commitForm);
}

/** The pull requests that brought a commit; open ones that hold it too. */
export async function listPullsOfCommit(
  connection: Connection,
  sha: string,
): Promise<Answer<readonly PullRequest[]>> {
  return list(connection, { path: path`/commits/${sha}/pulls`, item: pullForm });
}

export interface Comparison {
  readonly status: "ahead" | "behind" | "identical" | "diverged";
  readonly aheadBy: number;
  readonly behindBy: number;
  readonly mergeBase: string;
  /** Those that the head has and the base has not, oldest first: at most 250 of `aheadBy`. */
  readonly commits: readonly Commit[];
}

const comparisonForm = z
  .object({
    status: z.enum(["ahead", "behind", "identical", "diverged"]),
    ahead_by: z.number(),
    behind_by: z.number(),
    merge_base_commit: z.object({ sha: z.string() }),
    commits: z.array(commitForm),
  })
  .transform(
    ({ status, ahead_by, behind_by, merge_base_commit, commits }): Comparison => ({
      status,
      aheadBy: ahead_by,
      behindBy: behind_by,
      mergeBase: merge_base_commit.sha,
      commits,
    }),
  );

export async function compareCommits(
  connection: Connection,
  base: string,
  head: string,
): Promise<Answer<Comparison>> {
  return look(connection, path`/compare/${base}...${head}`, comparisonForm);
}
