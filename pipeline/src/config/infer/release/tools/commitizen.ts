import { isTable, type Table } from "../../table.ts";
import { at, type Documents } from "../documents.ts";
import type { ReleaseTool } from "../tool.ts";

/** In the order in which commitizen itself looks for a file that has its section. */
const files: readonly (readonly [string, readonly string[]])[] = [
  [".cz.toml", ["tool", "commitizen"]],
  ["cz.toml", ["tool", "commitizen"]],
  [".cz.json", ["commitizen"]],
  ["cz.json", ["commitizen"]],
  [".cz.yaml", ["commitizen"]],
  ["cz.yaml", ["commitizen"]],
  ["pyproject.toml", ["tool", "commitizen"]],
];

/**
 * commitizen for Python (https://commitizen-tools.github.io/commitizen/commands/bump/): features
 * are minor, fixes, refactorings and `perf` are patches; a breaking change makes 1.0.0 unless
 * `major_version_zero` is on. A `cz_…` of one's own brings a map of its own.
 */
export const commitizen: ReleaseTool = {
  name: "commitizen",
  calls: /\bcz (-\S+ )*bump\b|commitizen-tools\/commitizen-action@/,
  read(documents) {
    const found = sectionOf(documents);
    if (!found) return undefined;
    const { from, section } = found;
    const tag = tagOf(section.tag_format);
    const odd =
      section.tag_format !== undefined && tag === undefined ? ["how tags are written"] : [];
    const shared = { from, tag };
    if ((section.name ?? "cz_conventional_commits") !== "cz_conventional_commits") {
      return { ...shared, unsaid: [...odd, "what counts, by rules other than the convention's"] };
    }
    return {
      ...shared,
      zero: { breaking: section.major_version_zero === true ? "minor" : "major", feature: "minor" },
      types: { feat: "minor", feature: "minor", fix: "patch", refactor: "patch", perf: "patch" },
      unsaid: odd,
    };
  },
};

function sectionOf(documents: Documents): { from: string; section: Table } | undefined {
  for (const [file, path] of files) {
    const section = at(documents.table(file), ...path);
    const place = file === "pyproject.toml" ? `${file} [tool.commitizen]` : file;
    if (isTable(section)) return { from: place, section };
  }
  return undefined;
}

/** `v$version` and `v${version}`; a form of single numbers is none of Gantry's. */
function tagOf(format: unknown): string | undefined {
  if (typeof format !== "string") return undefined;
  const tag = format.replace(/\$(version\b|\{version\})/, "{version}");
  return tag.includes("$") ? undefined : tag;
}
