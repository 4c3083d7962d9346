import type { IncomingMessage, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Seeded } from "../world/seed.ts";
import type { World } from "../world/world.ts";
import { readJson } from "./body.ts";
import { callerOf, tokenOf } from "./callers.ts";
import { graphqlRequest } from "./graphql-route.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { json, type Reply, send } from "./reply.ts";
import { strike } from "./strike.ts";
import { up, upPath } from "./up-route.ts";

export interface Api {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly seeded: Seeded;
  /** Where uploads are unpacked. */
  readonly folder: string;
  readonly requests: RequestRecord[];
}

/** One request that arrived: what tests count. A status of 0 is a dropped connection. */
export interface RequestRecord {
  readonly at: number;
  readonly operation: string;
  readonly status: number;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The whole of Railway's HTTP: GraphQL and uploads, rate limited, with faults. */
export function createHandler(api: Api): Handler {
  const limit = createRateLimit(api.world.clock.now, api.world.options.requestsPerHour);
  return async (request, response) => {
    const asked = await askedFor(api, request);
    const at = api.world.clock.now();
    const status = await answer(api, limit, asked, request, response);
    api.requests.push({ at, operation: asked.names.join(" "), status });
  };
}

interface Request {
  readonly names: readonly string[];
  readonly apply: () => Promise<Reply>;
}

async function askedFor(api: Api, request: IncomingMessage): Promise<Request> {
  const caller = callerOf(request.headers, api.world.options, api.seeded);
  const path = (request.url ?? "/").split("?")[0] as string;
  if (request.method === "POST" && upPath.test(path)) {
    return { names: ["up"], apply: () => up(api.world, api.folder, caller, request) };
  }
  if (request.method === "POST" && path.startsWith("/graphql/")) {
    return graphqlRequest(api.world, api.schema, caller, await readJson(request));
  }
  return { names: [path], apply: async () => json(404, { message: "Not Found" }) };
}

async function answer(
  api: Api,
  limit: RateLimit,
  asked: Request,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const { allowed, headers } = limit.take(tokenOf(request.headers));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (!allowed) {
    send(response, json(429, { message: "Too many requests" }));
    return 429;
  }
  return strike(api.world.faults.takeForRequest(asked.names), response, asked.apply);
}
