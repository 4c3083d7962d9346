import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface File {
  readonly path: string;
  /** Of the file's content, which a change has to name. */
  readonly sha: string;
  readonly content: Buffer;
}

const fileForm = z
  .object({
    type: z.literal("file"),
    path: z.string(),
    sha: z.string(),
    // Above 1 MB GitHub says "none" and leaves the content out.
    encoding: z.literal("base64"),
    content: z.string(),
  })
  .transform(
    ({ path: at, sha, content }): File => ({
      path: at,
      sha,
      content: Buffer.from(content, "base64"),
    }),
  );

/** A file of up to 1 MB at a commit, branch or tag; a folder, link or larger file is `malformed`. */
export async function findFile(
  connection: Connection,
  filePath: string,
  ref: string,
): Promise<Answer<File | undefined>> {
  return lookFor(connection, contentsOf(filePath), fileForm, { ref });
}

export interface FileChange {
  readonly path: string;
  readonly branch: string;
  readonly message: string;
  readonly content: string | Uint8Array;
  /** What it replaces; without it only a new file is made. GitHub answers another one's change with 409. */
  readonly sha?: string;
}

const writtenForm = z
  .object({
    content: z.object({ sha: z.string() }),
    commit: z.object({ sha: z.string() }),
  })
  .transform(({ content, commit }) => ({ sha: content.sha, commit: commit.sha }));

/** Writes one file in a commit of its own. */
export async function putFile(
  connection: Connection,
  { path: at, branch, message, content, sha }: FileChange,
): Promise<Answer<{ readonly sha: string; readonly commit: string }>> {
  const body = { branch, message, content: Buffer.from(content).toString("base64"), sha };
  return act(connection, { method: "PUT", path: contentsOf(at), body, form: writtenForm });
}

function contentsOf(filePath: string): string {
  return path`/contents/${filePath.split("/")}`;
}
