import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Handler } from "../../railway/http/api.ts";
import { json, type Reply, send } from "../../railway/http/reply.ts";
import { answerSchema, checkAnswer, checkRequest } from "../description/check.ts";
import { fill } from "../description/fill.ts";
import { type Route, routeOf } from "../description/routes.ts";
import { operations } from "../operations/operations.ts";
import { leaveHalfAsset } from "../operations/releases.ts";
import type { World } from "../world/world.ts";
import { type Asked, refusal, type Said } from "./asked.ts";
import { type Caller, callerOf, mayDo } from "./callers.ts";
import { createRateLimit } from "./rate-limit.ts";
import { strike } from "./strike.ts";

/** One request that arrived: what tests count. A status of 0 is a dropped connection, or no answer yet. */
export interface RequestRecord {
  readonly at: number;
  readonly operation: string;
  status: number;
}

export interface Api {
  readonly world: World;
  readonly requests: RequestRecord[];
  /** Requests and answers that GitHub's description does not allow. */
  readonly mismatches: string[];
}

/** GitHub's HTTP: who may ask, how often, and whether it is all as described. */
export function createHandler(api: Api): Handler {
  const { world, requests } = api;
  const limit = createRateLimit(world.clock.now, world.options.requestsPerHour);
  return async (request, response) => {
    const at = world.clock.now();
    const url = new URL(request.url ?? "/", "http://stand-in");
    const route = routeOf(request.method ?? "", url.pathname.replace(/^\/uploads/, ""));
    const { allowed, headers } = limit(request.headers.authorization ?? "");
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const operation = route?.operation.operationId ?? `${request.method} ${url.pathname}`;
    const record = { at, operation, status: 0 };
    requests.push(record);
    const raw = await buffer(request);
    record.status = await answer(api, { request, response, route, url, raw, allowed });
  };
}

interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route | undefined;
  readonly url: URL;
  readonly raw: Buffer;
  readonly allowed: boolean;
}

async function answer(api: Api, incoming: Incoming): Promise<number> {
  const { request, response, route, url, raw } = incoming;
  const caller = callerOf(request.headers, api.world.options);
  const refused = refuse(api, incoming, caller);
  if (refused || !route || !caller) return sendSaid(response, refused ?? refusal(404, "Not Found"));
  const asked: Asked = {
    path: route.path,
    search: url.searchParams,
    body: parse(raw) as never,
    raw,
    contentType: request.headers["content-type"] ?? "",
    ...caller,
  };
  const mismatch = checkRequest(route.operation, asked.search, asked.body);
  if (mismatch) return sendSaid(response, blame(api, mismatch));
  return strike({
    world: api.world,
    fault: api.world.faults.take([route.operation.operationId, "*"]),
    response,
    apply: () => apply(api, route, asked),
    applyHalf: () => leaveHalfAsset(api.world, asked),
  });
}

/** What GitHub says before it looks at what is asked for. */
function refuse(
  api: Api,
  { request, route, url, allowed }: Incoming,
  caller: Caller | undefined,
): Said | undefined {
  const { owner, name } = api.world.options;
  if (!request.headers["user-agent"]) return blame(api, "a request says no User-Agent");
  if (!caller) return refusal(401, "Bad credentials");
  if (!allowed) return refusal(403, `API rate limit exceeded for ${caller.login}.`);
  if (!route) return blame(api, `GitHub has no ${request.method} ${url.pathname}`);
  const same = [route.path.owner, route.path.repo].join("/").toLowerCase();
  const elsewhere = same !== `${owner}/${name}`.toLowerCase();
  if (elsewhere && route.path.repo !== undefined) return refusal(404, "Not Found");
  const { operationId } = route.operation;
  if (mayDo(caller, request.method ?? "", operationId)) return undefined;
  return refusal(403, "Resource not accessible by integration");
}

function apply(api: Api, { operation }: Route, asked: Asked): Reply {
  const handle = operations[operation.operationId];
  if (!handle) return reply(blame(api, `the stand-in does not know ${operation.operationId}`));
  const { status, body, headers } = handle(api.world, asked);
  const schema = answerSchema(operation, status);
  const whole = schema ? fill(schema, body) : body;
  const mismatch = checkAnswer(operation, status, whole);
  return reply(
    mismatch ? blame(api, mismatch) : { status, body: whole, ...(headers && { headers }) },
  );
}

/** Remembered, so that the test fails whatever the client makes of it. */
function blame({ mismatches }: Api, mismatch: string): Said {
  mismatches.push(mismatch);
  return refusal(418, mismatch);
}

function sendSaid(response: ServerResponse, said: Said): number {
  send(response, reply(said));
  return said.status;
}

function reply({ status, body, headers = {} }: Said): Reply {
  return body === undefined ? { status, headers, body: "" } : json(status, body, headers);
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
