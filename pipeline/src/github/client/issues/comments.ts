import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { loginForm } from "../rest/forms.ts";
import { list } from "../rest/list.ts";
import { act, done } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
}

const commentForm = z
  .object({
    id: z.number(),
    body: z.string().optional(),
    user: loginForm,
    created_at: z.string(),
    updated_at: z.string(),
    html_url: z.string(),
  })
  .transform(
    ({ id, body, user, created_at, updated_at, html_url }): Comment => ({
      id,
      body: body ?? "",
      author: user,
      createdAt: created_at,
      updatedAt: updated_at,
      url: html_url,
    }),
  );

/** The comments of an issue or a pull request, oldest first. */
export async function listComments(
  connection: Connection,
  number: number,
): Promise<Answer<readonly Comment[]>> {
  return list(connection, { path: path`/issues/${number}/comments`, item: commentForm });
}

/** At most 65,536 characters, else GitHub refuses it. */
export async function createComment(
  connection: Connection,
  number: number,
  body: string,
): Promise<Answer<Comment>> {
  return act(connection, {
    method: "POST",
    path: path`/issues/${number}/comments`,
    body: { body },
    form: commentForm,
  });
}

export async function updateComment(
  connection: Connection,
  id: number,
  body: string,
): Promise<Answer<Comment>> {
  return act(connection, {
    method: "PATCH",
    path: path`/issues/comments/${id}`,
    body: { body },
    form: commentForm,
  });
}

export async function deleteComment(
  connection: Connection,
  id: number,
): Promise<Answer<undefined>> {
  const at = path`/issues/comments/${id}`;
  return done(await act(connection, { method: "DELETE", path: at, form: z.unknown() }));
}
