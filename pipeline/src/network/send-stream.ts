import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface StreamBody {
  /** Said beforehand, as services ask for it. */
  readonly bytes: number;
  /** Opened anew for each try. */
  readonly open: () => Readable;
}

export interface StreamRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: StreamBody;
  readonly signal: AbortSignal;
}

/**
 * Sends a stream at the pace of the network. `fetch` would read all of it into memory first: 550 MB
 * for 500 MB, measured with Node 24.
 */
export function sendStream(
  url: string,
  { method, headers, body, signal }: StreamRequest,
): Promise<Response> {
  const send = url.startsWith("https:") ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { ...headers, "Content-Length": String(body.bytes) },
      signal,
    });
    // An answer may come before the whole was sent: it counts, not the cut that follows.
    request.on("response", (answer) => resolve(asResponse(answer)));
    request.on("error", reject);
    pipeline(body.open(), request).catch(reject);
  });
}

function asResponse(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 0;
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const empty = status < 200 || status === 204 || status === 205 || status === 304;
  const body = empty ? null : (Readable.toWeb(answer) as ReadableStream);
  return new Response(body, { status: status < 200 ? 502 : status, headers });
}
