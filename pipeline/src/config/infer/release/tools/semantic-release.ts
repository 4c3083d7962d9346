import type { Level } from "../../../../release/settings.ts";
import { isTable, type Table } from "../../table.ts";
import { type Documents, textsOf } from "../documents.ts";
import { type ReleaseTool, type ToolRules, wordOf } from "../tool.ts";

const places = ["json", "yaml", "yml", "js", "cjs", "mjs", "ts"];
const files = [
  ".releaserc",
  ...places.map((end) => `.releaserc.${end}`),
  ...["js", "cjs", "mjs", "ts"].map((end) => `release.config.${end}`),
];

/**
 * semantic-release (https://semantic-release.gitbook.io/semantic-release/usage/configuration) with
 * the commit-analyzer's `releaseRules`. It knows nothing of versions below 1.0.0, whatever is set.
 * A configuration that is a program is not run, so of that only this much is told.
 */
export const semanticRelease: ReleaseTool = {
  name: "semantic-release",
  calls: wordOf("semantic-release", "cycjimmy/semantic-release-action"),
  read(documents) {
    const found = settingsOf(documents);
    if (!found) return undefined;
    const { from, settings } = found;
    const shared = { from, zero: { breaking: "major", feature: "minor" } } as const;
    if (!settings) return { ...shared, unsaid: ["what counts, by a program"] };
    if (settings.extends !== undefined) {
      return { ...shared, unsaid: ["what counts, by settings from elsewhere"] };
    }
    const { types, unsaid = [] } = typesOf(settings);
    return {
      ...shared,
      ...(types && { types }),
      ...branchesOf(settings, unsaid),
      tag: tagOf(settings),
    };
  },
};

function settingsOf(
  documents: Documents,
): { from: string; settings: Table | undefined } | undefined {
  const manifest = documents.table("package.json");
  if (isTable(manifest?.release))
    return { from: "package.json `release`", settings: manifest.release };
  const file = documents.first(files);
  if (file) {
    const settings = documents.table(file);
    const broken = !settings && /rc(\.(json|ya?ml))?$/.test(file);
    return broken ? undefined : { from: file, settings };
  }
  const called = documents.scripts.some((line) => semanticRelease.calls.test(line));
  return called ? { from: "package.json `scripts`", settings: {} } : undefined;
}

const analyzer = "@semantic-release/commit-analyzer";
const usual: Readonly<Record<string, Level>> = {
  feat: "minor",
  fix: "patch",
  perf: "patch",
  revert: "patch",
};

/** The rules that ask for a type and nothing else; each kind of the others is said once. */
function typesOf(settings: Table): Pick<ToolRules, "types" | "unsaid"> {
  const options = analyzerOptions(settings);
  if (!options) return { unsaid: ["what counts, by a plugin of its own"] };
  const preset = options.preset ?? "angular";
  if (preset !== "angular" && preset !== "conventionalcommits") {
    return { unsaid: ["what counts, by another preset"] };
  }
  const rules = options.releaseRules ?? [];
  if (!Array.isArray(rules)) return { unsaid: ["what counts, by a program"] };
  const read = rules.map(ruleOf);
  const own: Record<string, Level | "none"> = {};
  for (const { type, level } of read.filter((each) => each !== undefined)) {
    own[type] = higher(own[type], level);
  }
  const odd = read.includes(undefined) ? ["rules by more than a commit's type"] : [];
  return { types: { ...usual, ...own }, unsaid: odd };
}

/** Settings of all plugins stand at the top, too. */
function analyzerOptions(settings: Table): Table | undefined {
  if (settings.analyzeCommits !== undefined) {
    return isTable(settings.analyzeCommits) ? settings.analyzeCommits : undefined;
  }
  if (!Array.isArray(settings.plugins)) return settings;
  for (const plugin of settings.plugins) {
    const [name, options] = [plugin].flat();
    if (name === analyzer) return { ...settings, ...(isTable(options) ? options : {}) };
  }
  return undefined;
}

function ruleOf(rule: unknown): { type: string; level: Level | "none" } | undefined {
  if (!isTable(rule)) return undefined;
  const { release, ...asked } = rule;
  const level = levelOf(release);
  const type = asked.revert === true ? "revert" : asked.type;
  if (Object.keys(asked).length !== 1 || level === undefined) return undefined;
  return typeof type === "string" && /^\w+$/.test(type) ? { type, level } : undefined;
}

function levelOf(release: unknown): Level | "none" | undefined {
  if (release === false || release === null) return "none";
  return release === "major" || release === "minor" || release === "patch" ? release : undefined;
}

function higher(one: Level | "none" | undefined, other: Level | "none"): Level | "none" {
  const order = ["none", "patch", "minor", "major"];
  return one !== undefined && order.indexOf(one) > order.indexOf(other) ? one : other;
}

/** Unless it is said, `beta` and `alpha` make pre-releases; `branch` is the setting of old. */
function branchesOf(
  { branches, branch }: Table,
  unsaid: readonly string[],
): Pick<ToolRules, "channels" | "unsaid"> {
  if (branches === undefined) {
    return { channels: branch === undefined ? { beta: "beta", alpha: "alpha" } : {}, unsaid };
  }
  const making = [branches]
    .flat()
    .filter(isTable)
    .filter(({ prerelease }) => prerelease);
  const read = making.map(({ name, prerelease }) => {
    const plain = textsOf(name).find((text) => /^[\w./-]+$/.test(text));
    return plain && [plain, prerelease === true ? plain : prerelease];
  });
  const odd = read.some((each) => !each) ? ["pre-releases of branches that a pattern names"] : [];
  return { channels: Object.fromEntries(read.filter(Array.isArray)), unsaid: [...unsaid, ...odd] };
}

function tagOf({ tagFormat }: Table): string | undefined {
  return typeof tagFormat === "string"
    ? tagFormat.replace(/\$\{version\}/, "{version}")
    : undefined;
}
