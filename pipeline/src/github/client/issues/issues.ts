import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { labelNamesForm, loginForm } from "../rest/forms.ts";
import { list } from "../rest/list.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** `open` or `closed`. */
  readonly state: string;
  readonly labels: readonly string[];
  readonly author: string | undefined;
  readonly createdAt: string;
  readonly closedAt: string | undefined;
  readonly url: string;
}

const issueFields = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  labels: labelNamesForm,
  user: loginForm,
  created_at: z.string(),
  closed_at: z.string().nullable(),
  html_url: z.string(),
  pull_request: z.unknown().optional(),
});

const issueForm = issueFields.transform(issueOf);

function issueOf({ number, title, state, labels, ...said }: z.infer<typeof issueFields>): Issue {
  return {
    number,
    title,
    body: said.body ?? "",
    state,
    labels,
    author: said.user,
    createdAt: said.created_at,
    closedAt: said.closed_at ?? undefined,
    url: said.html_url,
  };
}

export interface WantedIssues {
  /** All of these. */
  readonly labels: readonly string[];
  readonly state: "open" | "closed" | "all";
}

/** Issues, newest first, without the pull requests that GitHub lists among them. */
export async function listIssues(
  connection: Connection,
  { labels, state }: WantedIssues,
): Promise<Answer<readonly Issue[]>> {
  const search = { state, labels: labels.join(",") || undefined };
  const answer = await list(connection, { path: "/issues", item: issueFields, search });
  return mapOk(answer, (found) => found.filter((one) => !one.pull_request).map(issueOf));
}

export async function findIssue(
  connection: Connection,
  number: number,
): Promise<Answer<Issue | undefined>> {
  return lookFor(connection, path`/issues/${number}`, issueForm);
}

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export async function createIssue(connection: Connection, issue: NewIssue): Promise<Answer<Issue>> {
  return act(connection, { method: "POST", path: "/issues", body: issue, form: issueForm });
}

export async function closeIssue(
  connection: Connection,
  number: number,
  reason: "completed" | "not_planned" = "completed",
): Promise<Answer<Issue>> {
  return updateIssue(connection, number, { state: "closed", state_reason: reason });
}

export async function reopenIssue(connection: Connection, number: number): Promise<Answer<Issue>> {
  return updateIssue(connection, number, { state: "open", state_reason: "reopened" });
}

function updateIssue(
  connection: Connection,
  number: number,
  body: Readonly<Record<string, string>>,
): Promise<Answer<Issue>> {
  return act(connection, {
    method: "PATCH",
    path: path`/issues/${number}`,
    body,
    form: issueForm,
  });
}
