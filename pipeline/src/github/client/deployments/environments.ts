import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Environment {
  readonly id: number;
  readonly name: string;
  /** What guards it: `wait_timer`, `required_reviewers`, `branch_policy`. */
  readonly guards: readonly string[];
}

const environmentForm = z
  .object({
    id: z.number(),
    name: z.string(),
    protection_rules: z.array(z.object({ type: z.string() })).optional(),
  })
  .transform(
    ({ id, name, protection_rules }): Environment => ({
      id,
      name,
      guards: (protection_rules ?? []).map(({ type }) => type),
    }),
  );

export async function listEnvironments(
  connection: Connection,
): Promise<Answer<readonly Environment[]>> {
  return list(connection, { path: "/environments", item: environmentForm, key: "environments" });
}

export async function findEnvironment(
  connection: Connection,
  name: string,
): Promise<Answer<Environment | undefined>> {
  return lookFor(connection, path`/environments/${name}`, environmentForm);
}

/** Makes an environment without guards. Only where there is none: GitHub would take its guards away. */
export async function createEnvironment(
  connection: Connection,
  name: string,
): Promise<Answer<Environment>> {
  return act(connection, {
    method: "PUT",
    path: path`/environments/${name}`,
    body: {},
    form: environmentForm,
  });
}
