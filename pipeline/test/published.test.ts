import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { published } from "../../scripts/published.ts";
import { type JsonSchema, jsonSchemaOf } from "../src/config/reference/json-schema.ts";
import { writtenConfig } from "../src/config/written.ts";
import { catalogue } from "../src/errors/catalogue.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");

describe("what is made from the code is up to date (`npm run schema`)", () => {
  test.each([...published()])("%s", async (path, text) => {
    expect(await read(path)).toBe(text);
  });
});

describe("the schema of gantry.yaml", () => {
  const schema = jsonSchemaOf(writtenConfig, "gantry.yaml");

  /** Every key with its schema, at any depth. */
  function keys(at: JsonSchema, path = ""): [string, JsonSchema][] {
    const inner = [at.items, at.additionalProperties, ...(at.anyOf ?? [])].filter(
      (value): value is JsonSchema => typeof value === "object" && value !== null,
    );
    return [
      ...Object.entries(at.properties ?? {}).flatMap(([key, value]): [string, JsonSchema][] => [
        [`${path}.${key}`, value as JsonSchema],
        ...keys(value as JsonSchema, `${path}.${key}`),
      ]),
      ...inner.flatMap((value) => keys(value, `${path}.*`)),
    ];
  }

  test("describes every key", () => {
    const all = keys(schema);
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter(([, value]) => !value.description).map(([path]) => path)).toEqual([]);
  });

  test("refuses unknown keys in every map of fixed keys", () => {
    const open = keys(schema).filter(
      ([, value]) => value.properties && value.additionalProperties !== false,
    );
    expect(schema.additionalProperties).toBe(false);
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test("the reference page names every key", async () => {
    const page = await read("docs/reference/config.md");
    for (const [path] of keys(schema)) {
      const last = path.split(".").at(-1) as string;
      if (last !== "sh") expect(page).toMatch(new RegExp(`[.\`]${RegExp.escape(last)}\``));
    }
  });
});

describe("error pages", () => {
  const codes = Object.keys(catalogue);

  test("there is a page for every code, and no other", async () => {
    const pages = (await readdir(join(root, "docs/errors"))).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(codes.map((code) => `${code}.md`).sort());
  });

  test.each(Object.entries(catalogue))(
    "%s says what, how and the mend",
    async (code, { title, exit }) => {
      const page = await read(`docs/errors/${code}.md`);
      expect(page.split("\n")[0]).toBe(`# ${code}: ${title}`);
      expect(page).toContain(`Exit code ${exit}`);
      expect(page).toContain("## An example");
      expect(page).toContain("## How to mend it");
      expect(page).toContain("```");
    },
  );

  test("the list of pages is complete", async () => {
    const list = await read("docs/errors/README.md");
    for (const [code, { title }] of Object.entries(catalogue)) {
      expect(list).toContain(`[${code}](${code}.md) | ${title}`);
    }
  });
});
