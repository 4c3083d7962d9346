import type { Level } from "../../../../release/settings.ts";
import { isTable, type Table, tableOf } from "../../table.ts";
import { at } from "../documents.ts";
import type { ReleaseTool, ToolRules } from "../tool.ts";

/**
 * release-please (https://github.com/googleapis/release-please/blob/main/docs/manifest-releaser.md):
 * a type counts where the changelog shows it, which depends on `release-type` and
 * `changelog-sections`. Below 1.0.0 a breaking change is major and a feature minor, unless
 * `bump-minor-pre-major` and `bump-patch-for-minor-pre-major` say otherwise. `.github/release-please.yml`
 * is the file of its GitHub app, which has the same names in another case.
 */
export const releasePlease: ReleaseTool = {
  name: "release-please",
  calls: /release-please/,
  read(documents) {
    const config = documents.table("release-please-config.json");
    if (config) return manifestRules(config);
    const app = documents.table(".github/release-please.yml");
    if (!app || app.manifest === true) return undefined;
    return rulesOf(app, ".github/release-please.yml", appNames);
  },
};

const names = {
  type: "release-type",
  breaking: "bump-minor-pre-major",
  feature: "bump-patch-for-minor-pre-major",
  versioning: "versioning",
  sections: "changelog-sections",
};
const appNames = {
  type: "releaseType",
  breaking: "bumpMinorPreMajor",
  feature: "bumpPatchForMinorPreMajor",
  versioning: "versioning",
  sections: "changelogSections",
};

/** What is set for the only package, or for the root's, lies over what is set for all. */
function manifestRules(config: Table): ToolRules {
  const packages = Object.entries(tableOf(config.packages));
  const [path, own] =
    packages.length === 1 ? (packages[0] ?? []) : [".", at(config, "packages", ".")];
  const settings = { ...config, ...tableOf(own) };
  const rules = rulesOf(settings, "release-please-config.json", names);
  const parts = packages.length > 1 ? ["a version for each of several packages"] : [];
  return {
    ...rules,
    tag: packages.length <= 1 && path === "." ? tagOf(settings) : undefined,
    unsaid: [...(rules.unsaid ?? []), ...parts],
  };
}

/** The component's name in front of it may come from a manifest: then the form is not told. */
function tagOf(settings: Table): string | undefined {
  const version = settings["include-v-in-tag"] === false ? "{version}" : "v{version}";
  if (settings["include-component-in-tag"] === false) return version;
  const { component } = settings;
  const separator = settings["tag-separator"] ?? "-";
  return typeof component === "string" && component !== "" && typeof separator === "string"
    ? `${component}${separator}${version}`
    : undefined;
}

function rulesOf(settings: Table, from: string, key: typeof names): ToolRules {
  const versioning = settings[key.versioning] ?? "default";
  if (versioning !== "default") return { from, unsaid: ["its versioning strategy"] };
  return {
    from,
    zero: {
      breaking: settings[key.breaking] === true ? "minor" : "major",
      feature: settings[key.feature] === true ? "patch" : "minor",
    },
    types: typesOf(settings[key.sections], settings[key.type]),
    unsaid: settings["release-as"] === undefined ? [] : ["a version that is given by name"],
  };
}

const shown = ["feat", "fix", "perf", "revert"];
const more: Readonly<Record<string, readonly string[]>> = {
  python: ["deps", "docs"],
  java: ["deps", "docs"],
  "java-yoshi": ["deps", "docs"],
  "java-backport": ["deps", "docs"],
  "java-bom": ["deps", "docs"],
  "java-lts": ["deps", "docs"],
  "java-yoshi-mono-repo": ["deps", "docs"],
  maven: ["deps", "docs"],
  r: ["deps", "docs"],
  "go-yoshi": ["docs"],
  "dotnet-yoshi": ["docs"],
  "ruby-yoshi": ["docs"],
  "php-yoshi": ["docs", "misc"],
  php: ["chore"],
};

function typesOf(sections: unknown, type: unknown): Record<string, Level> {
  const own = typeof type === "string" && Object.hasOwn(more, type) ? (more[type] ?? []) : [];
  const visible = Array.isArray(sections)
    ? sections.filter((each) => isTable(each) && each.hidden !== true).map(({ type }) => type)
    : [...shown, ...own];
  return Object.fromEntries(
    visible.flatMap((each): [string, Level][] =>
      typeof each === "string" ? [[each, /^feat(ure)?$/.test(each) ? "minor" : "patch"]] : [],
    ),
  );
}
