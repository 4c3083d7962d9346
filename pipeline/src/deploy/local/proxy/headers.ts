import type { IncomingMessage } from "node:http";

/** Headers that belong to one connection, not to what is carried over it. */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "expect"]);

/** A message's headers as it came, pair by pair, without those of its own connection. */
export function carriedHeaders(message: IncomingMessage): string[] {
  const named = (message.headers.connection ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const left = new Set([...ofConnection, ...named]);
  const carried: string[] = [];
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? "";
    if (!left.has(name.toLowerCase())) carried.push(name, message.rawHeaders[index + 1] ?? "");
  }
  return carried;
}

/** What the version is told about who really asks. */
export function forwardedHeaders(request: IncomingMessage): string[] {
  const peer = request.socket.remoteAddress ?? "";
  const before = request.headers["x-forwarded-for"];
  const added = before === undefined ? ["X-Forwarded-For", peer] : [];
  const proto = request.headers["x-forwarded-proto"] === undefined;
  const host = request.headers["x-forwarded-host"] === undefined && request.headers.host;
  return [
    ...added,
    ...(proto ? ["X-Forwarded-Proto", "http"] : []),
    ...(host ? ["X-Forwarded-Host", host] : []),
  ];
}

/** Leaves out pairs by name; for `filter` on a list of names and values in turn. */
export function isNot(
  ...names: readonly string[]
): (text: string, index: number, all: readonly string[]) => boolean {
  return (_text, index, all) => !names.includes(all[index - (index % 2)]?.toLowerCase() ?? "");
}
