import type { GraphQLSchema } from "graphql";
import { type Caller, notAuthorized } from "../graphql/context.ts";
import { type Asked, answer, type Parsed, read } from "../graphql/execute.ts";
import type { World } from "../world/world.ts";
import { graphqlErrors, json, type Reply } from "./reply.ts";

export interface GraphqlRequest {
  readonly names: readonly string[];
  readonly apply: () => Promise<Reply>;
}

/** One GraphQL request: what it asks for, and how to answer it. */
export function graphqlRequest(
  world: World,
  schema: GraphQLSchema,
  caller: Caller | undefined,
  body: unknown,
): GraphqlRequest {
  if (!isAsked(body)) {
    return { names: [], apply: async () => graphqlErrors(400, "The request holds no query") };
  }
  const parsed = read(schema, body);
  if (!("document" in parsed)) {
    const errors = parsed.map((one) => ({
      ...one.toJSON(),
      extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
    }));
    const names = parsed.map((one) => `(invalid: ${one.message})`);
    return { names, apply: async () => json(400, { errors }) };
  }
  return { names: parsed.names, apply: () => respond(world, schema, caller, parsed, body) };
}

async function respond(
  world: World,
  schema: GraphQLSchema,
  caller: Caller | undefined,
  parsed: Parsed,
  asked: Asked,
): Promise<Reply> {
  if (!caller) return graphqlErrors(200, notAuthorized);
  return json(200, await answer(schema, parsed, asked, { world, caller }));
}

function isAsked(body: unknown): body is Asked {
  return typeof body === "object" && body !== null && "query" in body;
}
