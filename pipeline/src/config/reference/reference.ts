import type { JsonSchema } from "./json-schema.ts";

interface Row {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** The reference page of `gantry.yaml`: every key with its type and description, by section. */
export function configReference(schema: JsonSchema): string {
  const sections = Object.entries(schema.properties ?? {}).map(([key, value]) =>
    section(key, asSchema(value), schema.required?.includes(key) ?? false),
  );
  return `${[
    "# gantry.yaml, every key",
    "Made from the schema by `scripts/run schema`; do not edit it by hand. Everything may be left out where the repository shows the answer. Editors complete and check the file with this first line:",
    "```yaml\n# yaml-language-server: $schema=docs/schema/gantry.schema.json\n```",
    'A name in `<…>` stands for one of your own; `[]` for each item of a list. Defaults stand in round brackets. A **command** is one line, split into words and never given to a shell (`ruff check .`), or a script for `sh -eu` (`{ sh: "make a | tee b" }`).',
    ...sections,
  ].join("\n\n")}\n`;
}

function section(key: string, schema: JsonSchema, required: boolean): string {
  const rows = rowsBelow(key, schema);
  const head = `## \`${key}\`\n\n${schema.description ?? ""}`.trim();
  if (rows.length === 0) return `${head}\n\nType: ${typeOf(schema)}.`;
  const lines = [{ path: key, schema, required }, ...rows].map(
    (row) =>
      `| \`${row.path}\` | ${typeOf(row.schema)}${row.required ? ", required" : ""} | ${cell(row.schema.description ?? "")} |`,
  );
  return `${head}\n\n| key | type | meaning |\n|---|---|---|\n${lines.join("\n")}`;
}

/** What stands inside a value: keys of a map, entries by name, items of a list. */
function rowsBelow(path: string, schema: JsonSchema): Row[] {
  if (isCommand(schema) || isCommands(schema)) return [];
  return [schema, ...(schema.anyOf ?? []).map(asSchema)].flatMap((variant): Row[] => [
    ...Object.entries(variant.properties ?? {}).flatMap(([key, value]) =>
      rowsOf(`${path}.${key}`, asSchema(value), variant.required?.includes(key) ?? false),
    ),
    ...namedRows(path, variant),
    ...(isSchema(variant.items) ? rowsBelow(`${path}[]`, variant.items) : []),
  ]);
}

function namedRows(path: string, schema: JsonSchema): Row[] {
  const value = schema.additionalProperties;
  if (!isSchema(value) || Object.keys(value).length === 0) return [];
  const rows = rowsBelow(`${path}.<${singular(path)}>`, value);
  if (rows.length === 0) return [];
  const names = isSchema(schema.propertyNames) ? schema.propertyNames.enum : undefined;
  const description = [
    value.description ?? value.anyOf?.map((one) => asSchema(one).description).find(Boolean) ?? "",
    ...(names ? [`Known names: ${names.map((name) => `\`${String(name)}\``).join(", ")}.`] : []),
  ].join(" ");
  return [
    { path: `${path}.<${singular(path)}>`, schema: { ...value, description }, required: false },
    ...rows,
  ];
}

function rowsOf(path: string, schema: JsonSchema, required: boolean): Row[] {
  return [{ path, schema, required }, ...rowsBelow(path, schema)];
}

function singular(path: string): string {
  const last = path.split(".").at(-1) ?? "name";
  return last.endsWith("ches") ? last.slice(0, -2) : last.replace(/s$/, "");
}

/** A command is a line, or a script under `sh`. */
function isCommand(schema: JsonSchema): boolean {
  return (schema.anyOf ?? []).some(
    (one) => Object.keys(asSchema(one).properties ?? {}).join() === "sh",
  );
}

function isCommands(schema: JsonSchema): boolean {
  return (schema.anyOf ?? []).some((one) => isCommand(asSchema(one)));
}

function typeOf(schema: JsonSchema): string {
  if (isCommand(schema)) return "command";
  if (isCommands(schema)) return "command, or list of commands";
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.anyOf)
    return [...new Set(schema.anyOf.map((one) => typeOf(asSchema(one))))].join(" or ");
  if (schema.type === "array") {
    return `list of ${isSchema(schema.items) ? typeOf(schema.items) : "values"}`;
  }
  if (schema.type === "object") return "map";
  return typeof schema.type === "string" ? schema.type : "any value";
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asSchema(value: unknown): JsonSchema {
  return isSchema(value) ? value : {};
}
