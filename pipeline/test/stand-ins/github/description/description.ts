import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { SchemaObject } from "ajv";

/** GitHub's own description of its REST interface, as far as it is needed here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: SchemaObject;
}

export interface Response {
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: SchemaObject }>>;

export interface Reference {
  readonly $ref: string;
}

let loaded: Description | undefined;

/** Read once a process: 13 MB. Its OpenAPI 3.0 becomes plain JSON Schema on the way. */
export function description(): Description {
  const name = "@octokit/openapi/generated/api.github.com.json";
  loaded ??= corrected(
    plain(JSON.parse(readFileSync(createRequire(import.meta.url).resolve(name), "utf8"))),
  );
  return loaded;
}

/**
 * `nullable` is no JSON Schema: what is nullable may be of the type null as well. And `oneOf` is said
 * where several fit at once.
 */
function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key === "oneOf" ? "anyOf" : key,
    plain(one),
  ]);
  const { nullable, ...schema } = Object.fromEntries(entries);
  // A property can be called so as well.
  if (nullable !== true) return Object.fromEntries(entries);
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] } as T;
  const words = schema.enum ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...words, type: [schema.type, "null"] };
}

/**
 * Where the description is known to be wrong: GitHub refuses `contexts` beside `checks`, and an asset
 * is a `starter` after an upload that broke off, as the description itself tells in its prose.
 */
function corrected(from: Description): Description {
  const put = from.paths["/repos/{owner}/{repo}/branches/{branch}/protection"]?.put;
  const body = put?.requestBody?.content["application/json"]?.schema;
  const checks = body?.properties.required_status_checks;
  const asset = from.components.schemas["release-asset"];
  if (!checks || !asset) throw new Error("the description has nothing to correct");
  checks.required = ["strict"];
  asset.properties.state.enum.push("starter");
  return from;
}

/** What a reference points at; anything else is itself. */
export function resolve<T extends object>(value: T | Reference): T {
  if (!("$ref" in value) || typeof value.$ref !== "string") return value as T;
  const found = value.$ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], description());
  return resolve(found as T);
}
