import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

/** A commit as git has it. */
export interface GitCommit {
  readonly sha: string;
  /** The SHA of all its files together: equal trees, equal files. */
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

const commitForm = z
  .object({
    sha: z.string(),
    message: z.string(),
    tree: z.object({ sha: z.string() }),
    parents: z.array(z.object({ sha: z.string() })),
  })
  .transform(
    ({ sha, message, tree, parents }): GitCommit => ({
      sha,
      message,
      tree: tree.sha,
      parents: parents.map((parent) => parent.sha),
    }),
  );

export async function findGitCommit(
  connection: Connection,
  sha: string,
): Promise<Answer<GitCommit | undefined>> {
  return lookFor(connection, path`/git/commits/${sha}`, commitForm);
}

export interface NewTree {
  /** The tree that it differs from. */
  readonly base: string;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

const treeForm = z.object({ sha: z.string() }).transform(({ sha }) => sha);

/** Makes a tree of files; nobody sees it before a commit has it. Answers its SHA. */
export async function createTree(
  connection: Connection,
  { base, files }: NewTree,
): Promise<Answer<string>> {
  const tree = files.map((file) => ({ ...file, mode: "100644", type: "blob" }));
  const body = { base_tree: base, tree };
  return act(connection, { method: "POST", path: "/git/trees", body, form: treeForm });
}

export interface NewGitCommit {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

/** Makes a commit that no branch has yet. GitHub signs those of apps, since no author is named. */
export async function createGitCommit(
  connection: Connection,
  commit: NewGitCommit,
): Promise<Answer<GitCommit>> {
  return act(connection, {
    method: "POST",
    path: "/git/commits",
    body: commit,
    form: commitForm,
  });
}
