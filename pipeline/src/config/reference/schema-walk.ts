import { z } from "zod";
import { writtenConfig } from "../written.ts";

/** The keys that the schema knows at a path of the written config. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  let schemas: z.core.$ZodType[] = [writtenConfig];
  for (const key of path) schemas = schemas.flatMap((schema) => step(schema, key));
  return [...new Set(schemas.flatMap(unwrap).flatMap(ownKeys))];
}

function ownKeys(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  const key: unknown = schema instanceof z.ZodRecord ? schema.keyType : undefined;
  return key instanceof z.ZodEnum ? key.options.map(String) : [];
}

function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  return unwrap(schema).flatMap((plain): z.core.$ZodType[] => {
    if (plain instanceof z.ZodObject) {
      const next = (plain.shape as Record<PropertyKey, z.core.$ZodType>)[key];
      return next ? [next] : [];
    }
    if (plain instanceof z.ZodRecord) return [plain.valueType as z.core.$ZodType];
    if (plain instanceof z.ZodArray) return [plain.element as z.core.$ZodType];
    return [];
  });
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}
