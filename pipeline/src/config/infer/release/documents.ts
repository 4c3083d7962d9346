import { readIni } from "../ini.ts";
import { reasonOf } from "../reason.ts";
import { isTable, type Table, tableOf } from "../table.ts";

/** The telling files, parsed; what is a program is only known to be there. */
export interface Documents {
  readonly has: (file: string) => boolean;
  /** What a file holds; undefined where it is not there, is a program, or cannot be parsed. */
  readonly table: (file: string) => Table | undefined;
  /** The first of these that is there. */
  readonly first: (files: readonly string[]) => string | undefined;
  /** The commands that package.json names. */
  readonly scripts: readonly string[];
  /** Files that cannot be parsed, in words. */
  readonly warnings: readonly string[];
}

/** Parses what was read. Each format's parser is loaded only where there is something for it. */
export async function readDocuments(texts: ReadonlyMap<string, string>): Promise<Documents> {
  const tables = new Map<string, Table>();
  const warnings: string[] = [];
  for (const [file, text] of texts) {
    const parsed = await parseFile(file, text.replace(/^\uFEFF/, ""));
    if ("why" in parsed) warnings.push(`${file} is not read: ${parsed.why}`);
    else if (parsed.table) tables.set(file, parsed.table);
  }
  return {
    has: (file) => texts.has(file),
    table: (file) => tables.get(file),
    first: (files) => files.find((file) => texts.has(file)),
    scripts: Object.values(tableOf(tables.get("package.json")?.scripts)).filter(
      (line) => typeof line === "string",
    ),
    warnings,
  };
}

type Parsed = { readonly table: Table | undefined } | { readonly why: string };

async function parseFile(file: string, text: string): Promise<Parsed> {
  if (/\.(js|cjs|mjs|ts)$/.test(file)) return { table: undefined };
  try {
    const value = await contentOf(file, text);
    return isTable(value) ? { table: value } : { why: "it holds no settings by name" };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

/** The parsers that are long to load wait for a file of their own. */
async function contentOf(file: string, text: string): Promise<unknown> {
  if (file.endsWith(".toml")) return (await import("./parsers/toml.ts")).parse(text);
  if (file.endsWith(".cfg")) return Object.fromEntries(readIni(text));
  if (file.endsWith(".json") || text.trimStart().startsWith("{")) return JSON.parse(text);
  const { parse } = await import("./parsers/yaml.ts");
  return parse(text, { logLevel: "error", maxAliasCount: 20 });
}

/** What stands at the end of a path of keys, whatever is missing on the way. */
export function at(table: Table | undefined, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    const inner = tableOf(value);
    return Object.hasOwn(inner, key) ? inner[key] : undefined;
  }, table);
}

/** A list's texts; a text alone is a list of one. */
export function textsOf(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}
