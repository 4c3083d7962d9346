import type { Level } from "../../../../release/settings.ts";
import { isTable, type Table, tableOf } from "../../table.ts";
import { at, type Documents, textsOf } from "../documents.ts";
import type { ReleaseTool, ToolRules } from "../tool.ts";

/**
 * python-semantic-release: settings of version 8 and later
 * (https://python-semantic-release.readthedocs.io/en/stable/configuration/configuration.html) and
 * of 7 (`parser_angular_…`, strings in setup.cfg). A feature is minor below 1.0.0, too; a breaking
 * change is major unless `major_on_zero` is off. Version 10 turned `allow_zero_version` off, which
 * no repository below 1.0.0 can leave at that.
 */
export const pythonSemanticRelease: ReleaseTool = {
  name: "python-semantic-release",
  calls:
    /python-semantic-release\/python-semantic-release@|relekang\/python-semantic-release@|\bsemantic-release\b.*\b(version|publish)\b|\bpython -m semantic_release\b/,
  read(documents) {
    const found = sectionOf(documents);
    if (!found) return undefined;
    const { from, section } = found;
    const noZero = isOff(section.allow_zero_version);
    const { types, unsaid } = typesOf(section);
    const { channels, patterns } = channelsOf(section);
    return {
      from,
      zero: {
        breaking: isOff(section.major_on_zero) && !noZero ? "minor" : "major",
        feature: noZero ? undefined : "minor",
      },
      ...(types && { types }),
      ...(isOn(section.patch_without_tag) && { anything: true }),
      tag: typeof section.tag_format === "string" ? section.tag_format : undefined,
      channels,
      unsaid: [
        ...unsaid,
        ...(noZero ? ["every first step from below 1.0.0 makes 1.0.0"] : []),
        ...(patterns ? ["pre-releases of branches that a pattern names"] : []),
      ],
    };
  },
};

function sectionOf(documents: Documents): { from: string; section: Table } | undefined {
  const modern = at(documents.table("pyproject.toml"), "tool", "semantic_release");
  if (isTable(modern)) return { from: "pyproject.toml [tool.semantic_release]", section: modern };
  const old = documents.table("setup.cfg")?.semantic_release;
  return isTable(old) ? { from: "setup.cfg [semantic_release]", section: old } : undefined;
}

const usual =
  /^(angular|conventional|conventional-monorepo|semantic_release(\.history|\.commit_parser)?[.:]+(angular_parser|AngularCommitParser|ConventionalCommitParser))$/;
const minors = ["feat"];
const patches = ["fix", "perf"];
const allowed = ["build", "chore", "ci", "docs", "style", "refactor", "test"];
const levels: readonly (Level | "none")[] = ["none", "patch", "minor", "major"];

/** As the parser of the convention counts; what others count is for them to know. */
function typesOf(section: Table): Pick<ToolRules, "types"> & { unsaid: string[] } {
  const parser = section.commit_parser ?? "conventional";
  if (typeof parser !== "string" || !usual.test(parser)) {
    return { unsaid: ["what counts, by a commit parser other than that of the convention"] };
  }
  const options = tableOf(section.commit_parser_options);
  const listed = (name: string, old: string, usually: string[]): string[] => {
    const value = options[name] ?? section[old];
    if (value === undefined) return usually;
    return textsOf(value).flatMap((text) => text.split(/[\s,]+/));
  };
  const least = levelOf(options.default_bump_level ?? section.parser_angular_default_level_bump);
  const others = listed("allowed_tags", "parser_angular_allowed_types", [
    ...listed("other_allowed_tags", "", allowed),
  ]);
  const types = Object.fromEntries([
    ...others.map((type) => [type, least] as const),
    ...listed("patch_tags", "parser_angular_patch_types", patches).map(
      (type) => [type, "patch"] as const,
    ),
    ...listed("minor_tags", "parser_angular_minor_types", minors).map(
      (type) => [type, "minor"] as const,
    ),
  ]);
  return { types, unsaid: [] };
}

function levelOf(value: unknown): Level | "none" {
  if (typeof value === "number") return levels[value] ?? "none";
  return levels.find((level) => level === value) ?? "none";
}

/** `match` is a regular expression; only one that is plain names is told. */
function channelsOf({ branches }: Table): {
  channels: Record<string, string>;
  patterns: boolean;
} {
  const all = Object.values(tableOf(branches)).filter(isTable);
  const making = all.filter(({ prerelease }) => prerelease === true);
  const named = making.map(({ match, prerelease_token: token }) => ({
    names: typeof match === "string" ? plainNames(match) : undefined,
    token: typeof token === "string" ? token : "rc",
  }));
  return {
    channels: Object.fromEntries(
      named.flatMap(({ names = [], token }) => names.map((name) => [name, token])),
    ),
    patterns: named.some(({ names }) => names === undefined),
  };
}

function plainNames(pattern: string): string[] | undefined {
  const inner = /^\^?\(?([\w/|-]+)\)?\$?$/.exec(pattern)?.[1];
  return inner?.split("|").filter(Boolean);
}

function isOff(value: unknown): boolean {
  return value === false || (typeof value === "string" && /^(false|no|0|off)$/i.test(value));
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === "string" && /^(true|yes|1|on)$/i.test(value));
}
