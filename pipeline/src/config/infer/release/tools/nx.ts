import type { Level } from "../../../../release/settings.ts";
import { isTable, tableOf } from "../../table.ts";
import { at } from "../documents.ts";
import type { ReleaseTool } from "../tool.ts";

/**
 * nx release with `conventionalCommits`
 * (https://nx.dev/recipes/nx-release/customize-conventional-commit-types): features are minor and
 * fixes patches, nothing else counts; `adjustSemverBumpsForZeroMajorVersion` makes each step below
 * 1.0.0 one smaller.
 */
export const nx: ReleaseTool = {
  name: "nx release",
  calls: /\bnx release\b(?! (changelog|publish))/,
  read(documents) {
    const release = at(documents.table("nx.json"), "release");
    if (!isTable(release)) return undefined;
    const version = tableOf(release.version);
    const source = at(version, "generatorOptions", "specifierSource") ?? version.specifierSource;
    if (version.conventionalCommits !== true && source !== "conventional-commits") return undefined;
    const smaller = version.adjustSemverBumpsForZeroMajorVersion === true;
    return {
      from: "nx.json `release`",
      zero: { breaking: smaller ? "minor" : "major", feature: smaller ? "patch" : "minor" },
      types: {
        feat: "minor",
        fix: "patch",
        ...ownTypes(at(release, "conventionalCommits", "types")),
      },
      unsaid: release.groups === undefined ? [] : ["a version for each of several groups"],
    };
  },
};

function ownTypes(types: unknown): Record<string, Level | "none"> {
  return Object.fromEntries(
    Object.entries(tableOf(types)).flatMap(([type, set]): [string, Level | "none"][] => {
      const level = isTable(set) ? set.semverBump : undefined;
      if (level === "major" || level === "minor" || level === "patch") return [[type, level]];
      return set === false || level === "none" ? [[type, "none"]] : [];
    }),
  );
}
