import type { Level } from "../../../../release/settings.ts";
import { isTable, tableOf } from "../../table.ts";
import { at, type Documents } from "../documents.ts";
import type { ReleaseTool, ToolRules } from "../tool.ts";

/** `true` for a type keeps it, and these are what it has by itself. */
const usual: Readonly<Record<string, Level>> = {
  feat: "minor",
  perf: "patch",
  fix: "patch",
  refactor: "patch",
  docs: "patch",
  build: "patch",
  types: "patch",
};

/**
 * changelogen (https://github.com/unjs/changelogen#configuration): below 1.0.0 each step is one
 * smaller, and whatever there is makes a patch. Its settings count only where a script lets it
 * make versions: many use it for the changelog alone.
 */
export const changelogen: ReleaseTool = {
  name: "changelogen",
  calls: /\bchangelogen\b.*\s--(release|bump)\b/,
  read(documents) {
    if (!documents.scripts.some((line) => changelogen.calls.test(line))) return undefined;
    const file = documents.first(
      ["json", "js", "cjs", "mjs", "ts"].map((end) => `changelog.config.${end}`),
    );
    const inManifest = at(documents.table("package.json"), "changelog");
    const from = file ?? `package.json \`${isTable(inManifest) ? "changelog" : "scripts"}\``;
    const shared = { from, zero: { breaking: "minor", feature: "patch" }, anything: true } as const;
    if (file && !documents.table(file)) {
      return { ...shared, types: usual, unsaid: ["types of its own, by a program"] };
    }
    return { ...shared, ...settingsOf(documents, file) };
  },
};

function settingsOf(
  documents: Documents,
  file: string | undefined,
): Pick<ToolRules, "types" | "tag"> {
  const settings = {
    ...tableOf(at(documents.table("package.json"), "changelog")),
    ...(file && documents.table(file)),
  };
  const tag = at(settings, "templates", "tagBody");
  return {
    types: { ...usual, ...ownTypes(settings.types) },
    tag: typeof tag === "string" ? tag.replace("{{newVersion}}", "{version}") : undefined,
  };
}

/** A type that is turned off or has no level still makes a patch, as everything does. */
function ownTypes(types: unknown): Record<string, Level> {
  return Object.fromEntries(
    Object.entries(tableOf(types)).flatMap(([type, set]): [string, Level][] => {
      const level = isTable(set) ? set.semver : undefined;
      if (level === "major" || level === "minor" || level === "patch") return [[type, level]];
      return set === false ? [[type, "patch"]] : [];
    }),
  );
}
