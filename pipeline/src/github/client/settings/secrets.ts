import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { list } from "../rest/list.ts";
import { path } from "../rest/path.ts";

/** That something is set, and since when; never its value. */
export interface SettingName {
  readonly name: string;
  readonly updatedAt: string;
}

const settingForm = z
  .object({ name: z.string(), updated_at: z.string() })
  .transform(({ name, updated_at }): SettingName => ({ name, updatedAt: updated_at }));

/** The Actions secrets of the repository, or of one of its environments. */
export async function listSecretNames(
  connection: Connection,
  environment?: string,
): Promise<Answer<readonly SettingName[]>> {
  return listNames(connection, "secrets", environment);
}

/** The Actions variables of the repository, or of one of its environments. */
export async function listVariableNames(
  connection: Connection,
  environment?: string,
): Promise<Answer<readonly SettingName[]>> {
  return listNames(connection, "variables", environment);
}

function listNames(
  connection: Connection,
  key: "secrets" | "variables",
  environment: string | undefined,
): Promise<Answer<readonly SettingName[]>> {
  const below =
    environment === undefined ? path`/actions/${key}` : path`/environments/${environment}/${key}`;
  return list(connection, { path: below, item: settingForm, key });
}
