import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Branch {
  readonly name: string;
  readonly sha: string;
  readonly protected: boolean;
}

const branchForm = z
  .object({ name: z.string(), protected: z.boolean(), commit: z.object({ sha: z.string() }) })
  .transform(({ commit, ...same }): Branch => ({ ...same, sha: commit.sha }));

export async function listBranches(connection: Connection): Promise<Answer<readonly Branch[]>> {
  return list(connection, { path: "/branches", item: branchForm });
}

export async function findBranch(
  connection: Connection,
  name: string,
): Promise<Answer<Branch | undefined>> {
  return lookFor(connection, path`/branches/${name}`, branchForm);
}
