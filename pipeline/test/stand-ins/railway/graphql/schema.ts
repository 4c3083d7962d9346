import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildClientSchema, extendSchema, type GraphQLSchema, parse } from "graphql";

/**
 * Where the introspection of Railway's own schema lies: named by GANTRY_RAILWAY_SCHEMA, else in
 * `shared/schemas` beside a folder above this one. It is no part of this repository.
 */
export function findSchemaFile(): string | undefined {
  const named = process.env.GANTRY_RAILWAY_SCHEMA;
  if (named) return named;
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, "shared", "schemas", "railway.json");
    if (existsSync(file)) return file;
  }
  return undefined;
}

/** Asked for by railwayapp 5.71.0, and newer than the introspection at hand. */
const newer = parse(`
  extend type ServiceInstance {
    tracingEnabled: Boolean!
    autoInstrumentationEnabled: Boolean!
  }
`);

const loaded = new Map<boolean, GraphQLSchema>();

/** The schema; read once, since it is large. */
export function loadSchema({ newerFields }: { readonly newerFields: boolean }): GraphQLSchema {
  const schema = loaded.get(newerFields) ?? readSchema(newerFields);
  loaded.set(newerFields, schema);
  return schema;
}

function readSchema(newerFields: boolean): GraphQLSchema {
  const file = findSchemaFile();
  if (!file) {
    throw new Error("railway.json is not found: name it with GANTRY_RAILWAY_SCHEMA");
  }
  // Railway's own schema breaks a rule (a deprecated field of an interface), hence assumeValid.
  const schema = buildClientSchema(JSON.parse(readFileSync(file, "utf8")).data, {
    assumeValid: true,
  });
  return newerFields ? extendSchema(schema, newer, { assumeValid: true }) : schema;
}
