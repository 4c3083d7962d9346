import {
  execute,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
} from "graphql";

/** An answer that Railway's schema allows for a document: with all values, or with every null. */
export async function sampleAnswer(
  schema: GraphQLSchema,
  text: string,
  nulls: boolean,
): Promise<unknown> {
  const document = parse(text);
  const { data, errors } = await execute({
    schema,
    document,
    variableValues: sampleVariables(schema, document.definitions[0] as OperationDefinitionNode),
    fieldResolver: (_source, _args, _context, info) => sampleOutput(info.returnType, nulls),
  });
  if (errors) throw errors[0];
  return JSON.parse(JSON.stringify(data));
}

function sampleOutput(type: GraphQLOutputType, nulls: boolean): unknown {
  if (isNonNullType(type))
    return sampleOutput(type.ofType, nulls) ?? sampleOutput(type.ofType, false);
  if (nulls) return null;
  if (isListType(type)) return [sampleOutput(type.ofType as GraphQLOutputType, nulls)];
  if (isScalarType(type) || isEnumType(type)) return sampleLeaf(getNamedType(type));
  return {};
}

function sampleVariables(schema: GraphQLSchema, operation: OperationDefinitionNode) {
  const entries = (operation.variableDefinitions ?? []).map(({ variable, type }) => [
    variable.name.value,
    sampleInput(typeFromAST(schema, type as never) as unknown as GraphQLInputType),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Only what is required. */
function sampleInput(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (!isInputObjectType(inner)) return sampleLeaf(inner);
  const fields = Object.values(inner.getFields()).map((field) => [
    field.name,
    sampleInput(field.type),
  ]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

const leaves: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: "2026-01-01T00:00:00.000Z",
  DeploymentMeta: {},
  EnvironmentVariables: { A: "1" },
  Float: 1.5,
  ID: "id",
  Int: 1,
  JSON: ["migrate"],
  String: "text",
};

function sampleLeaf(type: { readonly name: string }): unknown {
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!Object.hasOwn(leaves, type.name)) throw new Error(`no sample for ${type.name}`);
  return leaves[type.name];
}
