import { z } from "zod";
import { actOnce, type Done } from "../../../network/act-once.ts";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

const labelForm = z
  .object({ name: z.string(), color: z.string(), description: z.string().nullish() })
  .transform(
    ({ name, color, description }): Label => ({ name, color, description: description ?? "" }),
  );

export interface Label {
  readonly name: string;
  /** Six hexadecimal digits, without a `#`. */
  readonly color: string;
  readonly description: string;
}

/** Makes a label where there is none of its name; one that is there keeps its colour and words. */
export async function ensureLabel(
  connection: Connection,
  label: Label,
): Promise<Answer<Done<Label>>> {
  return actOnce(connection, {
    look: () => lookFor(connection, path`/labels/${label.name}`, labelForm),
    act: () => act(connection, { method: "POST", path: "/labels", body: label, form: labelForm }),
  });
}

/** Adds labels to an issue or a pull request; can be repeated. The answer is all that it has. */
export async function addLabels(
  connection: Connection,
  number: number,
  labels: readonly string[],
): Promise<Answer<readonly string[]>> {
  return act(connection, {
    method: "POST",
    path: path`/issues/${number}/labels`,
    body: { labels },
    form: z.array(labelForm.transform(({ name }) => name)),
  });
}
