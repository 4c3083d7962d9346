import type { Level } from "../../../../release/settings.ts";
import { isTable, tableOf } from "../../table.ts";
import { at } from "../documents.ts";
import type { ReleaseTool } from "../tool.ts";

/**
 * git-cliff's `[bump]` (https://git-cliff.org/docs/configuration/bump): without it cliff.toml is
 * for a changelog. What counts depends on which commits the parsers of that file leave.
 */
export const gitCliff: ReleaseTool = {
  name: "git-cliff",
  calls: /\bgit[- ]cliff\b.*\s--bump\b/,
  read(documents) {
    const bump = documents.table("cliff.toml")?.bump;
    if (!isTable(bump)) return undefined;
    return {
      from: "cliff.toml [bump]",
      zero: {
        breaking: bump.breaking_always_bump_major === false ? "minor" : "major",
        feature: bump.features_always_bump_minor === false ? "patch" : "minor",
      },
      unsaid: ["which commits count, by the changelog's rules"],
    };
  },
};

/**
 * cocogitto (https://docs.cocogitto.io/guide/bump.html): only `feat` and `fix` count, and what
 * `commit_types` adds. Below 1.0.0 a breaking change counts as what its type is.
 */
export const cocogitto: ReleaseTool = {
  name: "cocogitto",
  calls: /\bcog bump\b|cocogitto\/cocogitto-action@/,
  read(documents) {
    const settings = documents.table("cog.toml");
    if (!settings) return undefined;
    const prefix = settings.tag_prefix;
    return {
      from: "cog.toml",
      zero: { feature: "minor" },
      types: { feat: "minor", fix: "patch", ...ownTypes(settings.commit_types) },
      tag: typeof prefix === "string" ? `${prefix}{version}` : undefined,
      unsaid: isTable(settings.packages) ? ["a version for each of several packages"] : [],
    };
  },
};

function ownTypes(types: unknown): Record<string, Level> {
  return Object.fromEntries(
    Object.entries(tableOf(types)).flatMap(([type, set]): [string, Level][] => {
      if (at(tableOf(set), "bump_minor") === true) return [[type, "minor"]];
      return at(tableOf(set), "bump_patch") === true ? [[type, "patch"]] : [];
    }),
  );
}

/**
 * release-plz (https://release-plz.dev/docs/config): below 1.0.0 each step is one smaller, unless
 * `features_always_increment_minor` is on. What counts depends on a crate's files.
 */
export const releasePlz: ReleaseTool = {
  name: "release-plz",
  calls: /\brelease-plz\b/,
  read(documents) {
    const file = documents.first(["release-plz.toml", ".release-plz.toml"]);
    const settings = file && documents.table(file);
    if (!file || !settings) return undefined;
    const always = at(settings, "workspace", "features_always_increment_minor") === true;
    return {
      from: file,
      zero: { breaking: "minor", feature: always ? "minor" : "patch" },
      unsaid: ["a version for whatever crate was changed, and only for those"],
    };
  },
};
