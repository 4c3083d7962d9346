import { describe } from "vitest";
import {
  json,
  likeSemver,
  noRevert,
  releaseRows,
} from "../../../../../test/builders/release-rows.ts";

describe("what makes a patch of anything", () => {
  const scripts = (line: string, more = {}) => ({
    "package.json": json({ scripts: { release: line }, ...more }),
  });
  const anything = { types: { "*": "patch" }, unconventional: "patch" };
  // It does not know the long form of `feat`.
  const byChangelogen = { ...anything, types: { feature: "patch", "*": "patch" } };
  releaseRows([
    ["standard-version", scripts("standard-version --sign"), anything],
    [
      "with a prefix",
      { ".versionrc": json({ tagPrefix: "app-" }) },
      { ...anything, tag: "app-{version}" },
    ],
    [
      "in package.json",
      scripts("commit-and-tag-version", { "commit-and-tag-version": { "tag-prefix": "" } }),
      { ...anything, tag: "{version}" },
    ],
    ["with another preset", { ".versionrc.json": json({ preset: "a" }) }, {}, "a preset"],
    ["with a program", { ".versionrc.js": "process.exit(1)" }, {}, "a program"],
    ["changelogen", scripts("vitest run && changelogen --release && git push"), byChangelogen],
    ["changelogen for the changelog alone", scripts("changelogen --output CHANGELOG.md"), {}],
    [
      "changelogen's own types",
      scripts("changelogen --bump", {
        changelog: {
          types: { docs: { semver: "minor" }, fix: false, chore: true },
          templates: { tagBody: "r{{newVersion}}" },
        },
      }),
      {
        ...byChangelogen,
        types: { feature: "patch", docs: "minor", "*": "patch" },
        tag: "r{version}",
      },
    ],
    [
      "changelogen with a program",
      { ...scripts("changelogen --release"), "changelog.config.ts": "export default {}" },
      byChangelogen,
      "by a program",
    ],
  ]);
});

describe("others", () => {
  releaseRows([
    [
      "lerna from commits",
      { "lerna.json": json({ command: { version: { conventionalCommits: true } } }) },
      { zero: { feature: "minor" } },
      "only for those",
    ],
    [
      "lerna by its script",
      {
        "lerna.json": json({ command: { version: { premajorVersionBump: "force-patch" } } }),
        "package.json": json({ scripts: { p: "lerna publish --conventional-commits" } }),
      },
      {},
      "only for those",
    ],
    ["lerna by hand", { "lerna.json": json({ version: "1.0.0" }) }, {}],
    [
      "nx",
      {
        "nx.json": json({
          release: {
            version: { conventionalCommits: true },
            conventionalCommits: { types: { docs: { semverBump: "patch" }, fix: false } },
          },
        }),
      },
      { zero: likeSemver, types: { ...noRevert, fix: "none", perf: "none", docs: "patch" } },
    ],
    [
      "nx with smaller steps",
      {
        "nx.json": json({
          release: {
            version: { conventionalCommits: true, adjustSemverBumpsForZeroMajorVersion: true },
          },
        }),
      },
      { types: { ...noRevert, perf: "none" } },
    ],
    ["nx by hand", { "nx.json": json({ release: { projects: ["a"] } }) }, {}],
    [
      "git-cliff",
      { "cliff.toml": "[bump]\nbreaking_always_bump_major = false\n" },
      { zero: { feature: "minor" } },
      "which commits count",
    ],
    [
      "cocogitto",
      {
        "cog.toml":
          "tag_prefix = 'v'\n[commit_types]\nperf = { bump_patch = true }\nadd = { bump_minor = true }\n",
      },
      { zero: { feature: "minor" }, types: { ...noRevert, add: "minor" }, tag: "v{version}" },
    ],
    [
      "release-plz",
      { "release-plz.toml": "[workspace]\nfeatures_always_increment_minor = true\n" },
      { zero: { feature: "minor" } },
      "only for those",
    ],
  ]);
});
