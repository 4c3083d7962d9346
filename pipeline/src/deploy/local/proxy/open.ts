import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { carriedHeaders, forwardedHeaders, isNot } from "./headers.ts";
import type { Target } from "./target.ts";

/**
 * Opens the request to a version, with what the client said of it; `connection` are the headers
 * that belong to this connection alone, name and value in turn.
 */
export function openTo(
  incoming: IncomingMessage,
  target: Target,
  connection: readonly string[],
): ClientRequest {
  return request({
    host: "127.0.0.1",
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    agent: false,
    headers: [
      // An offer to speak something else is the connection's; without it a version just answers.
      ...carriedHeaders(incoming).filter(isNot("upgrade")),
      ...forwardedHeaders(incoming),
      ...connection,
    ],
  });
}
