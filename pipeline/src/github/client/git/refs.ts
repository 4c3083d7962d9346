import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Ref {
  /** The whole name: `refs/heads/main`, `refs/tags/v1.0.0`. */
  readonly ref: string;
  readonly sha: string;
  /** What it points at: a `commit`, or a `tag` object that points at one in its turn. */
  readonly type: string;
}

const refForm = z
  .object({ ref: z.string(), object: z.object({ sha: z.string(), type: z.string() }) })
  .transform(({ ref, object }): Ref => ({ ref, sha: object.sha, type: object.type }));

/** A branch as `heads/<name>`, a tag as `tags/<name>`. */
export async function findRef(
  connection: Connection,
  name: string,
): Promise<Answer<Ref | undefined>> {
  return lookFor(connection, path`/git/ref/${name.split("/")}`, refForm);
}

/** Makes a branch or tag where there is none; one that exists is never moved: 422. */
export async function createRef(
  connection: Connection,
  name: string,
  sha: string,
): Promise<Answer<Ref>> {
  const body = { ref: `refs/${name}`, sha };
  return act(connection, { method: "POST", path: "/git/refs", body, form: refForm });
}

/**
 * Moves a branch. By force also to where its commits are lost, so look first whose they are: GitHub
 * knows no move that holds only if nobody was faster.
 */
export async function moveRef(
  connection: Connection,
  name: string,
  { sha, force }: { readonly sha: string; readonly force: boolean },
): Promise<Answer<Ref>> {
  return act(connection, {
    method: "PATCH",
    path: path`/git/refs/${name.split("/")}`,
    body: { sha, force },
    form: refForm,
  });
}

export interface TagObject {
  readonly sha: string;
  readonly tag: string;
  readonly message: string;
  /** What it tags, mostly a commit. */
  readonly target: string;
}

const tagForm = z
  .object({
    sha: z.string(),
    tag: z.string(),
    message: z.string(),
    object: z.object({ sha: z.string() }),
  })
  .transform(({ object, ...same }): TagObject => ({ ...same, target: object.sha }));

/** The object of an annotated tag, by the object's own SHA. */
export async function findTagObject(
  connection: Connection,
  sha: string,
): Promise<Answer<TagObject | undefined>> {
  return lookFor(connection, path`/git/tags/${sha}`, tagForm);
}

/** Makes the object only: nobody sees the tag before `createRef` points `tags/<name>` at its SHA. */
export async function createTagObject(
  connection: Connection,
  {
    tag,
    message,
    commit,
  }: { readonly tag: string; readonly message: string; readonly commit: string },
): Promise<Answer<TagObject>> {
  const body = { tag, message, object: commit, type: "commit" };
  return act(connection, { method: "POST", path: "/git/tags", body, form: tagForm });
}
