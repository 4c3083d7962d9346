import type { ServerResponse } from "node:http";

/** An answer before it is sent, so that a fault can still change it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(value),
  };
}

export function html(status: number): Reply {
  return {
    status,
    headers: { "Content-Type": "text/html" },
    body: "<!doctype html><title>Just a moment</title><p>Please wait",
  };
}

export function graphqlErrors(status: number, ...messages: string[]): Reply {
  const errors = messages.map((message) => ({
    message,
    extensions: { code: "INTERNAL_SERVER_ERROR" },
    traceId: "0",
  }));
  return json(status, { errors, data: null });
}

export function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, { "Content-Length": length, ...reply.headers });
  response.end(reply.body);
}
