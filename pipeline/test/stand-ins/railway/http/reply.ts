import type { ServerResponse } from "node:http";

/** An answer before it is sent, so that a fault can still change it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
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

/** A true answer but for one field, wherever it stands. */
export function without(reply: Reply, field: string): Reply {
  const others = (key: string, value: unknown) => (key === field ? undefined : value);
  return { ...reply, body: JSON.stringify(JSON.parse(String(reply.body)), others) };
}

/** No answer at all. */
export function drop(response: ServerResponse): number {
  response.socket?.destroy();
  return 0;
}

/** Half of the answer, then the end of the connection. */
export function truncate(response: ServerResponse, reply: Reply): number {
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, { ...reply.headers, "Content-Length": length });
  response.write(reply.body.slice(0, Math.floor(reply.body.length / 2)), () =>
    response.socket?.destroy(),
  );
  return reply.status;
}
