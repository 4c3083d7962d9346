import { createRedactor } from "../../../execute/redact.ts";
import { type Answer, type Failure, lost, ok } from "./answer.ts";
import type { Connection, Token } from "./connection.ts";
import { judge } from "./judge.ts";
import { type StreamBody, sendStream } from "./send-stream.ts";
import { whyLost } from "./why-lost.ts";

export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

export interface Exchange {
  readonly path: string;
  readonly contentType: string;
  readonly body: string | StreamBody;
  readonly timeoutSeconds: number;
}

/** One request and its answer as JSON: the only place that speaks to Railway. */
export async function exchange(
  connection: Connection,
  { path, contentType, body, timeoutSeconds }: Exchange,
): Promise<Answer<unknown>> {
  const secret = connection.token.value();
  if (!/^[\x21-\x7e]+$/.test(secret)) return unusableToken;
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const url = new URL(path, connection.address).href;
    const headers = {
      "Content-Type": contentType,
      ...authorisation(connection.token.kind, secret),
    };
    const response =
      typeof body === "string"
        ? await connection.fetch(url, { method: "POST", headers, body, redirect: "manual", signal })
        : await sendStream(url, { headers, body, signal });
    const text = await readText(response);
    if (text === undefined) return lost("the answer was longer than 16 MB and was not read");
    return withoutSecret(secret, judge(response.status, response.headers, text, connection.now()));
  } catch (error) {
    if (signal.aborted) return lost(`no answer within ${timeoutSeconds} s`);
    return withoutSecret(secret, whyLost(error));
  }
}

const unusableToken: Failure = {
  kind: "unauthorised",
  reason: "the token is empty, or holds characters that no token has (a space, a line's end)",
};

function authorisation(kind: Token["kind"], secret: string): Record<string, string> {
  if (kind === "project") return { "Project-Access-Token": secret };
  return { Authorization: `Bearer ${secret}` };
}

const longestAnswer = 16 * 1024 * 1024;

async function readText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > longestAnswer) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** What Railway or the network said goes to people: it never carries the token there. */
function withoutSecret<T>(secret: string, answer: Answer<T>): Answer<T> {
  if (answer.kind === "ok") return ok(answer.value);
  if (!("reason" in answer)) return answer;
  return { ...answer, reason: createRedactor([secret]).text(answer.reason) };
}
