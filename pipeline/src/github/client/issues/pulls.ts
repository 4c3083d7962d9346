import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { labelNamesForm, loginForm } from "../rest/forms.ts";
import { list } from "../rest/list.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** `open` or `closed`; a merged one is closed. */
  readonly state: string;
  readonly mergedAt: string | undefined;
  /** What merging made: on a closed one; on an open one a trial merge. */
  readonly mergeSha: string | undefined;
  readonly author: string | undefined;
  readonly labels: readonly string[];
  readonly head: { readonly branch: string; readonly sha: string };
  readonly base: { readonly branch: string; readonly sha: string };
  readonly url: string;
}

const endForm = z
  .object({ ref: z.string(), sha: z.string() })
  .transform(({ ref, sha }) => ({ branch: ref, sha }));

export const pullForm = z
  .object({
    number: z.number(),
    title: z.string(),
    body: z.string().nullable(),
    state: z.string(),
    merged_at: z.string().nullable(),
    merge_commit_sha: z.string().nullable(),
    user: loginForm,
    labels: labelNamesForm,
    head: endForm,
    base: endForm,
    html_url: z.string(),
  })
  .transform(
    ({ number, title, state, labels, head, base, ...said }): PullRequest => ({
      number,
      title,
      body: said.body ?? "",
      state,
      mergedAt: said.merged_at ?? undefined,
      mergeSha: said.merge_commit_sha ?? undefined,
      author: said.user,
      labels,
      head,
      base,
      url: said.html_url,
    }),
  );

export async function findPull(
  connection: Connection,
  number: number,
): Promise<Answer<PullRequest | undefined>> {
  return lookFor(connection, path`/pulls/${number}`, pullForm);
}

export interface WantedPulls {
  /** A branch of this repository. */
  readonly head?: string;
  readonly base?: string;
  readonly state: "open" | "closed" | "all";
}

export async function listPulls(
  connection: Connection,
  { head, base, state }: WantedPulls,
): Promise<Answer<readonly PullRequest[]>> {
  const { owner } = connection.repository;
  const search = { state, base, head: head === undefined ? undefined : `${owner}:${head}` };
  return list(connection, { path: "/pulls", item: pullForm, search });
}

export interface NewPull {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean;
}

export async function createPull(
  connection: Connection,
  pull: NewPull,
): Promise<Answer<PullRequest>> {
  return act(connection, { method: "POST", path: "/pulls", body: pull, form: pullForm });
}

export interface PullChange {
  readonly title?: string;
  readonly body?: string;
  readonly base?: string;
  readonly state?: "open" | "closed";
}

export async function updatePull(
  connection: Connection,
  number: number,
  body: PullChange,
): Promise<Answer<PullRequest>> {
  return act(connection, { method: "PATCH", path: path`/pulls/${number}`, body, form: pullForm });
}

export async function closePull(
  connection: Connection,
  number: number,
): Promise<Answer<PullRequest>> {
  return updatePull(connection, number, { state: "closed" });
}

export interface ChangedFile {
  readonly path: string;
  readonly previousPath: string | undefined;
  /** `added`, `removed`, `modified`, `renamed`, `copied`, `changed` or `unchanged`. */
  readonly status: string;
}

const fileForm = z
  .object({
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.string(),
  })
  .transform(
    ({ filename, previous_filename, status }): ChangedFile => ({
      path: filename,
      previousPath: previous_filename,
      status,
    }),
  );

/** The files that a pull request changes: GitHub shows 3,000 and no more. */
export async function listPullFiles(
  connection: Connection,
  number: number,
): Promise<Answer<readonly ChangedFile[]>> {
  return list(connection, { path: path`/pulls/${number}/files`, item: fileForm });
}
