import { z } from "zod";
import { type Answer, ok, thenOk } from "../../../network/answer.ts";
import { readForm } from "../../../network/read-form.ts";
import type { Connection } from "./connection.ts";
import { send } from "./send.ts";

const userForm = z.object({ login: z.string() }).transform(({ login }) => login);

/** Whose token it is. An app's, and so a workflow's own, may not ask: then nothing is known. */
export async function findLogin(connection: Connection): Promise<Answer<string | undefined>> {
  const url = `${connection.address}/user`;
  const answer = await send(connection, { method: "GET", url });
  if (answer.kind === "unauthorised") return ok(undefined);
  return thenOk(answer, ({ json }) => readForm(userForm, json));
}
