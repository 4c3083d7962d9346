import fc from "fast-check";
import { expect, test } from "vitest";
import { entryOf, parseChangelog, renderChangelog, withEntry } from "./changelog-file.ts";

const file = `# Changelog

All of it.

## [Unreleased]

- soon

## [1.2.0](https://example.com) (2026-01-02)

### Features

- more

## v1.1.0 - 2025-12-01

\`\`\`
## 9.9.9 is an example
\`\`\`
`;

const line = fc.oneof(
  fc.constantFrom(
    "",
    "## 1.2.3",
    "# [v2.0.0-beta.1]",
    "### 0.1.0 (2026-01-01)",
    "```",
    "text",
    "## x",
  ),
  fc.string({ maxLength: 20 }),
);
const texts = fc.array(line, { maxLength: 20 }).map((lines) => lines.join("\n"));

test("parse and render give back the same text, and the same again", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseChangelog(text);
      expect(renderChangelog(parsed)).toBe(text);
      expect(parseChangelog(renderChangelog(parsed))).toEqual(parsed);
    }),
  );
});

test("a version is put in once, and everything else stays to the letter", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const entry = { version: "77.0.0", day: "2026-11-23", notes: "### Features\n\n- new\n" };
      const once = withEntry(text, entry);
      expect(entryOf(once, "77.0.0")?.startsWith("### Features\n\n- new")).toBe(true);
      expect(withEntry(once, entry)).toBe(once);
      const before = parseChangelog(text).sections.map((section) => section.version);
      const after = parseChangelog(once).sections.map((section) => section.version);
      expect(after.filter((version) => version !== "77.0.0")).toEqual(before);
    }),
  );
});

test("finds versions in the usual forms, and none in examples", () => {
  expect(parseChangelog(file).sections.map(({ version }) => version)).toEqual(["1.2.0", "1.1.0"]);
});

test("puts a version above the lower ones, below what is not released yet", () => {
  const added = withEntry(file, { version: "1.3.0", day: "2026-11-23", notes: "- new\n" });
  expect(added).toBe(file.replace("## [1.2.0]", "## 1.3.0 (2026-11-23)\n\n- new\n\n## [1.2.0]"));
  const between = withEntry(file, { version: "1.1.1", day: "2026-11-23", notes: "- mended" });
  expect(between).toContain("- more\n\n## 1.1.1 (2026-11-23)\n\n- mended\n\n## v1.1.0");
});

test("begins a file that is not there", () => {
  expect(withEntry("", { version: "1.0.0", day: "2026-11-23", notes: "- all" })).toBe(
    "# Changelog\n\n## 1.0.0 (2026-11-23)\n\n- all\n",
  );
});
