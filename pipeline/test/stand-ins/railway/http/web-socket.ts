import type { Server } from "node:http";
import { type ExecutionArgs, execute, type GraphQLSchema, subscribe, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { Caller, Context } from "../graphql/context.ts";
import { mutation } from "../graphql/mutation.ts";
import { query } from "../graphql/query.ts";
import { resolveField } from "../graphql/resolve.ts";
import { subscription } from "../graphql/subscription.ts";
import type { Seeded } from "../world/seed.ts";
import type { World } from "../world/world.ts";
import { callerOf } from "./callers.ts";

/** Subscriptions over graphql-transport-ws, as Railway's command line asks for its logs. */
export function openWebSocket(
  server: Server,
  world: World,
  schema: GraphQLSchema,
  seeded: Seeded,
): WebSocketServer {
  const sockets = new WebSocketServer({ server });
  const resolvers = { fieldResolver: resolveField, subscribeFieldResolver: resolveField };
  useServer(
    {
      schema,
      roots: { query, mutation, subscription },
      context: ({ extra }) =>
        contextOf(world, callerOf(extra.request.headers, world.options, seeded)),
      onConnect: ({ extra }) =>
        callerOf(extra.request.headers, world.options, seeded) !== undefined,
      // Our own functions: a second copy of graphql would not know this schema.
      validate: (_, document) => validate(schema, document),
      execute: (args) => execute({ ...(args as ExecutionArgs), ...resolvers }),
      subscribe: (args) => subscribe({ ...(args as ExecutionArgs), ...resolvers }),
    },
    sockets,
  );
  return sockets;
}

function contextOf(world: World, caller: Caller | undefined): Context {
  if (!caller) throw new Error("a connection without a caller");
  return { world, caller };
}
