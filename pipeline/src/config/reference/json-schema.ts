import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of what people and programs write, as editors and validators read it. */
export function jsonSchemaOf(schema: z.ZodType, title: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return { $schema: $schema ?? "https://json-schema.org/draft/2020-12/schema", title, ...rest };
}
