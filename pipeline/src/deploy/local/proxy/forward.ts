import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { carriedHeaders } from "./headers.ts";
import { openTo } from "./open.ts";
import { sayNothingServes, sayUnreachable } from "./refusals.ts";
import { countOpen, type Route, type Target } from "./target.ts";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Asked again for a second try: traffic may have been switched in between. */
  readonly route: () => Route;
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Forwards one request, streaming both ways. Each has a connection of its own to the version: that
 * costs little on one machine, and no request can meet an idle connection that was just closed.
 */
export function forward(exchange: Exchange, attempt = 1): void {
  const route = exchange.route();
  if (route.kind === "version") forwardTo(route.target, exchange, attempt);
  else sayNothingServes(exchange.response, route.reason);
}

function forwardTo(target: Target, exchange: Exchange, attempt: number): void {
  const { response } = exchange;
  const done = countOpen(target);
  // Who is to close it might do so with an upload unread, which takes its refusal away with it.
  const outgoing = openTo(exchange.request, target, ["Connection", "keep-alive"]);
  let answered = false;
  const hungUp = (): void => {
    if (!response.writableFinished) outgoing.destroy();
  };
  response.once("close", hungUp);
  outgoing.once("close", done);
  outgoing.once("close", () => readRest(exchange.request, outgoing));
  outgoing.once("response", (answer) => {
    answered = true;
    carryBack(answer, response);
    // It has said all it has to say; an upload that it refused need not reach it.
    answer.once("end", () => outgoing.destroy());
  });
  outgoing.on("error", (error: NodeJS.ErrnoException) => {
    response.off("close", hungUp);
    if (answered || response.destroyed) return;
    if (attempt === 1 && mayRepeat(exchange.request)) forward(exchange, 2);
    else sayUnreachable(response, error.code ?? error.message);
  });
  if (attempt === 1) exchange.request.pipe(outgoing);
  else outgoing.end();
}

/** Before any byte of an answer, what asks only may be asked again; what was sent is not kept. */
function mayRepeat({ method, headers }: IncomingMessage): boolean {
  const bodiless =
    headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0";
  return safeMethods.has(method ?? "") && bodiless;
}

/** The client's next request comes after all of this one, whoever wanted to read it. */
function readRest(incoming: IncomingMessage, outgoing: ClientRequest): void {
  incoming.unpipe(outgoing);
  incoming.resume();
}

function carryBack(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, carriedHeaders(answer));
  // A version that thinks before its first byte of content has said its status all the same.
  response.flushHeaders();
  answer.pipe(response, { end: false });
  answer.once("end", () => {
    addTrailers(answer, response);
    response.end();
  });
  // Half an answer must not look like a whole one.
  answer.once("error", () => response.destroy());
}

function addTrailers({ rawTrailers }: IncomingMessage, response: ServerResponse): void {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawTrailers.length; index += 2) {
    pairs.push([rawTrailers[index] ?? "", rawTrailers[index + 1] ?? ""]);
  }
  if (pairs.length > 0) response.addTrailers(pairs);
}
