import { isTable, tableOf } from "../../table.ts";
import { type ReleaseTool, wordOf } from "../tool.ts";

const files = ["", ".json", ".js", ".cjs", ".mjs"].map((end) => `.versionrc${end}`);

/**
 * standard-version and its heir commit-and-tag-version
 * (https://github.com/absolute-version/commit-and-tag-version#readme), with the preset of the
 * convention: below 1.0.0 each step is one smaller, and whatever there is makes a patch.
 */
export const standardVersion: ReleaseTool = {
  name: "standard-version",
  calls: wordOf("standard-version", "commit-and-tag-version"),
  read(documents) {
    const manifest = documents.table("package.json");
    const file = documents.first(files);
    const key = ["commit-and-tag-version", "standard-version"].find((name) =>
      isTable(manifest?.[name]),
    );
    const script = documents.scripts.some((line) => standardVersion.calls.test(line));
    if (!file && !key && !script) return undefined;
    const settings = { ...(key && tableOf(manifest?.[key])), ...(file && documents.table(file)) };
    const from = file ?? `package.json \`${key ?? "scripts"}\``;
    const prefix = settings.tagPrefix ?? settings["tag-prefix"];
    const tag = typeof prefix === "string" ? `${prefix}{version}` : undefined;
    const program = file !== undefined && /js$/.test(file);
    if (settings.preset !== undefined || program) {
      const what = program ? "what counts, by a program" : "what counts, by a preset of its own";
      return { from, tag, unsaid: [what] };
    }
    return {
      from,
      tag,
      zero: { breaking: "minor", feature: "patch" },
      types: { feat: "minor", feature: "minor" },
      anything: true,
    };
  },
};
