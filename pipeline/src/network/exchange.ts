import { Buffer } from "node:buffer";
import { createRedactor } from "../execute/redact/redact.ts";
import { type Answer, type Failure, lost, ok } from "./answer.ts";
import { explainBroken } from "./broken.ts";
import type { Heard } from "./judge.ts";
import type { Network } from "./network.ts";
import { type StreamBody, sendStream } from "./send-stream.ts";

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamBody;
  readonly timeoutSeconds: number;
  /** Never shown in an answer's reason. */
  readonly secrets: readonly string[];
}

/** One request and what its answer means: the only place that speaks to the network. */
export async function exchange<T>(
  network: Network,
  request: Exchange,
  judge: (heard: Heard) => Answer<T>,
): Promise<Answer<T>> {
  return withResponse(network, request, async (response) => {
    const bytes = await readBytes(response, longestAnswer);
    if (bytes === undefined) return lost("the answer was longer than 16 MB and was not read");
    const { status, headers } = response;
    return judge({ status, headers, text: textOf(bytes), now: network.now() });
  });
}

/** One request whose answer is read here or there, but always in time, and never shows a secret. */
export async function withResponse<T>(
  network: Network,
  request: Exchange,
  read: (response: Response) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const signal = AbortSignal.timeout(request.timeoutSeconds * 1000);
  try {
    return withoutSecrets(request, await read(await send(network, request, signal)));
  } catch (error) {
    if (signal.aborted) return lost(`no answer within ${request.timeoutSeconds} s`);
    const { words, reached } = await explainBroken(error, request.url);
    return withoutSecrets(request, lost(words, reached));
  }
}

/** Why a token cannot be sent at all, or nothing: a header holds no spaces and no line's end. */
export function unusableToken(secret: string): Failure | undefined {
  if (/^[\x21-\x7e]+$/.test(secret)) return undefined;
  const reason =
    "the token is empty, or holds characters that no token has (a space, a line's end)";
  return { kind: "unauthorised", reason };
}

function send(network: Network, request: Exchange, signal: AbortSignal): Promise<Response> {
  const { method, url, headers, body } = request;
  if (typeof body === "object") return sendStream(url, { method, headers, body, signal });
  const init = { method, headers, redirect: "manual", signal } as const;
  return network.fetch(url, body === undefined ? init : { ...init, body });
}

const longestAnswer = 16 * 1024 * 1024;

/** What a response holds, or nothing where it is longer than that: then the rest is not read. */
export async function readBytes(response: Response, most: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string {
  return new TextDecoder().decode(bytes);
}

/** What a service or the network said goes to people: it never carries a secret there. */
function withoutSecrets<T>({ secrets }: Exchange, answer: Answer<T>): Answer<T> {
  if (answer.kind === "ok") return ok(answer.value);
  if (!("reason" in answer)) return answer;
  return { ...answer, reason: createRedactor(secrets).text(answer.reason) };
}
