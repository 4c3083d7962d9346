import { GraphQLError, type GraphQLFieldResolver } from "graphql";
import type { Context } from "./context.ts";

/** Takes what the stand-in has; what it does not have is an error, never made up. */
export const resolveField: GraphQLFieldResolver<unknown, Context> = (
  source,
  args,
  context,
  info,
) => {
  const held = (source ?? {}) as Record<string, unknown>;
  const value = Object.hasOwn(held, info.fieldName) ? held[info.fieldName] : undefined;
  if (value === undefined) {
    const field = `${info.parentType.name}.${info.fieldName}`;
    throw new GraphQLError(`The stand-in does not serve ${field}`);
  }
  return typeof value === "function" ? value(args, context) : value;
};
