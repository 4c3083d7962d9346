import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { carriedHeaders, isNot } from "./headers.ts";
import { openTo } from "./open.ts";
import { sayOnSocket } from "./refusals.ts";
import { countOpen, type Route, type Target } from "./target.ts";

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent after its request, before it had an answer. */
  readonly head: Buffer;
  readonly route: () => Route;
}

/** Forwards a request for another protocol, and then bytes both ways until either side ends. */
export function forwardUpgrade(upgrade: Upgrade): void {
  const { socket } = upgrade;
  socket.on("error", () => socket.destroy());
  const route = upgrade.route();
  if (route.kind === "version") forwardTo(route.target, upgrade);
  else sayOnSocket(socket, 503, route.reason);
}

function forwardTo(target: Target, { request: incoming, socket, head }: Upgrade): void {
  const protocol = incoming.headers.upgrade ?? "";
  const outgoing = openTo(incoming, target, ["Connection", "Upgrade", "Upgrade", protocol]);
  const done = countOpen(target);
  let answered = false;
  socket.once("close", () => outgoing.destroy());
  outgoing.once("close", done);
  outgoing.once("upgrade", (answer, backend, first) => {
    backend.once("close", countOpen(target));
    writeHead(socket, answer, ["Connection", "Upgrade", "Upgrade", answer.headers.upgrade ?? ""]);
    // What either side has said already comes before what it says from now on.
    socket.write(first);
    backend.write(head);
    join(socket, backend);
  });
  outgoing.once("response", (answer) => {
    answered = true;
    writeHead(socket, answer, ["Connection", "close"]);
    answer.pipe(socket);
    answer.once("error", () => socket.destroy());
  });
  outgoing.on("error", (error: NodeJS.ErrnoException) => {
    if (!answered && socket.writable) sayOnSocket(socket, 502, error.code ?? error.message);
  });
  outgoing.end();
}

function writeHead(socket: Duplex, answer: IncomingMessage, more: readonly string[]): void {
  const all = [
    // The body comes without its framing: here the connection's end is what ends it.
    ...carriedHeaders(answer).filter(isNot("upgrade", "transfer-encoding")),
    ...more,
  ];
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let index = 0; index < all.length; index += 2) {
    lines.push(`${all[index]}: ${all[index + 1]}`);
  }
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function join(client: Duplex, backend: Socket): void {
  backend.setTimeout(0);
  backend.setNoDelay(true);
  client.pipe(backend);
  backend.pipe(client);
  for (const [one, other] of [
    [client, backend],
    [backend, client],
  ] as const) {
    one.once("close", () => other.destroy());
    one.on("error", () => other.destroy());
  }
}
