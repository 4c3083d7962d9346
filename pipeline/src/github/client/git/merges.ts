import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act } from "../rest/operation.ts";

export interface Merge {
  /** The branch that is changed. */
  readonly base: string;
  /** A branch or commit. */
  readonly head: string;
  readonly message: string;
}

/** Merges into a branch; nothing where the base has it all. What conflicts is refused with 409. */
export async function merge(
  connection: Connection,
  { base, head, message }: Merge,
): Promise<Answer<{ readonly sha: string } | undefined>> {
  const body = { base, head, commit_message: message };
  const form = z.object({ sha: z.string() }).optional();
  return mapOk(
    await act(connection, { method: "POST", path: "/merges", body, form }),
    (made) => made,
  );
}
