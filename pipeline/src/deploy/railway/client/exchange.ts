import type { Answer } from "../../../network/answer.ts";
import { exchange as send, unusableToken } from "../../../network/exchange.ts";
import type { StreamBody } from "../../../network/send-stream.ts";
import type { Connection, Token } from "./connection.ts";
import { judge } from "./judge.ts";

export interface Exchange {
  readonly path: string;
  readonly contentType: string;
  readonly body: string | StreamBody;
  readonly timeoutSeconds: number;
}

/** One request to Railway and its answer as JSON. */
export async function exchange(
  connection: Connection,
  { path, contentType, body, timeoutSeconds }: Exchange,
): Promise<Answer<unknown>> {
  const secret = connection.token.value();
  const unusable = unusableToken(secret);
  if (unusable) return named(unusable, connection.token);
  const url = new URL(path, connection.address).href;
  const headers = { "Content-Type": contentType, ...authorisation(connection.token.kind, secret) };
  const request = { method: "POST", url, headers, body, timeoutSeconds, secrets: [secret] };
  return named(await send(connection, request, judge), connection.token);
}

/** People look for a token by its name. */
function named<T>(answer: Answer<T>, { name }: Token): Answer<T> {
  if (answer.kind !== "unauthorised" || name === undefined) return answer;
  return { ...answer, reason: `${answer.reason} (${name})` };
}

function authorisation(kind: Token["kind"], secret: string): Record<string, string> {
  if (kind === "project") return { "Project-Access-Token": secret };
  return { Authorization: `Bearer ${secret}` };
}
