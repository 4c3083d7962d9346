import type { SchemaObject } from "ajv";
import { resolve } from "./description.ts";

/** Which of the values that a schema allows a sample takes. */
export type Taste = "everything" | "least";

/**
 * A value that a schema allows, made of what is given; what is required besides is invented. The
 * stand-in need not write every address that GitHub tells.
 */
export function fill(schema: SchemaObject, given: unknown, taste: Taste = "least"): unknown {
  const whole = merged(resolve(schema), given);
  if (given === null) return null;
  if (Array.isArray(given)) return given.map((one) => fill(whole.items ?? {}, one, taste));
  if (isRecord(given)) return fillObject(whole, given, taste);
  return given === undefined ? sample(whole, taste) : given;
}

function fillObject(schema: SchemaObject, given: Record<string, unknown>, taste: Taste) {
  const properties: Record<string, SchemaObject> = schema.properties ?? {};
  const wanted = taste === "least" ? (schema.required ?? []) : Object.keys(properties);
  const names = new Set([...Object.keys(given), ...wanted]);
  const entries = [...names].map((name) => [
    name,
    fill(properties[name] ?? {}, given[name], taste),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function sample(schema: SchemaObject, taste: Taste): unknown {
  const types: readonly string[] = [schema.type ?? []].flat();
  if (taste === "least" && types.includes("null")) return null;
  if (schema.enum) return schema.enum[0];
  const hasFields = Object.keys(schema.properties ?? {}).length > 0;
  if (types.includes("object") || hasFields) return fillObject(schema, {}, taste);
  if (types.includes("array"))
    return taste === "least" ? [] : [fill(schema.items, undefined, taste)];
  if (types.includes("integer") || types.includes("number")) return 1;
  if (types.includes("boolean")) return schema.default ?? false;
  return sampleText(schema);
}

function sampleText({ format, minLength = 0 }: SchemaObject): string {
  if (format === "uri") return "https://github.test/";
  return format === "date-time" ? "2026-01-01T00:00:00Z" : "text".padEnd(minLength, "0");
}

/** One schema out of many: of alternatives, the first that suits what is given. */
function merged(schema: SchemaObject, given: unknown): SchemaObject {
  const { allOf = [], anyOf = [], ...own } = schema;
  const choices: SchemaObject[] = anyOf.map((one: SchemaObject) => resolve(one));
  const chosen = choices.find((one) => suits(one, given)) ?? choices[0];
  const parts = [...allOf, ...(chosen ? [chosen] : [])].map((one) => merged(resolve(one), given));
  return Object.assign({}, ...parts, own, {
    properties: Object.assign({}, ...parts.map((one) => one.properties), own.properties),
    required: [...parts, own].flatMap((one) => one.required ?? []),
  });
}

function suits({ type }: SchemaObject, given: unknown): boolean {
  const types: readonly string[] = [type ?? "object"].flat();
  if (given === undefined) return true;
  if (Array.isArray(given)) return types.includes("array");
  return types.includes(typeof given);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
