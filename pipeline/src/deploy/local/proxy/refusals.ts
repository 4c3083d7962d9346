import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Nothing serves: said as JSON, so that no health check takes it for an answer. */
export function sayNothingServes(response: ServerResponse, reason: string): void {
  say(response, 503, reason);
}

/** The version that serves could not be asked. */
export function sayUnreachable(response: ServerResponse, why: string): void {
  say(response, 502, `the version that serves gave no answer (${why})`);
}

function say(response: ServerResponse, status: number, error: string): void {
  // The rest of a body that nobody reads would be taken for the next request.
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    connection: "close",
    ...(status === 503 && { "retry-after": "1" }),
  });
  response.end(`${JSON.stringify({ error, by: "gantry" })}\n`);
}

/** The same on a connection that asked for another protocol. */
export function sayOnSocket(socket: Duplex, status: number, error: string): void {
  const body = `${JSON.stringify({ error, by: "gantry" })}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
