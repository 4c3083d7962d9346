import {
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import type { Context } from "./context.ts";
import { mutation } from "./mutation.ts";
import { query } from "./query.ts";
import { resolveField } from "./resolve.ts";

export interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
}

export interface Parsed {
  readonly document: ReturnType<typeof parse>;
  readonly kind: "query" | "mutation" | "subscription";
  /** The root fields, and the operation's own name: what faults are armed by. */
  readonly names: readonly string[];
}

/** Reads a request and validates it against Railway's schema. */
export function read(schema: GraphQLSchema, asked: Asked): Parsed | readonly GraphQLError[] {
  let document: Parsed["document"];
  try {
    document = parse(asked.query);
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError(String(error))];
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return errors;
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === "OperationDefinition",
  );
  if (!operation) return [new GraphQLError("Must provide an operation.")];
  const fields = operation.selectionSet.selections.flatMap((one) =>
    one.kind === "Field" ? [one.name.value] : [],
  );
  const name = operation.name?.value;
  return { document, kind: operation.operation, names: name ? [...fields, name] : fields };
}

export async function answer(
  schema: GraphQLSchema,
  parsed: Parsed,
  asked: Asked,
  context: Context,
): Promise<FormattedExecutionResult> {
  const result = await execute({
    schema,
    document: parsed.document,
    rootValue: parsed.kind === "mutation" ? mutation : query,
    contextValue: context,
    variableValues: asked.variables ?? {},
    fieldResolver: resolveField,
    ...(asked.operationName ? { operationName: asked.operationName } : {}),
  });
  return JSON.parse(JSON.stringify(result));
}
