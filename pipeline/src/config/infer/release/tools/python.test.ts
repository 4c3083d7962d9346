import { describe } from "vitest";
import {
  json,
  likeSemver,
  noRevert,
  placeholder,
  releaseRows,
} from "../../../../../test/builders/release-rows.ts";

const psr = (lines = "") => ({ "pyproject.toml": `[tool.semantic_release]\n${lines}` });

describe("python-semantic-release", () => {
  releaseRows([
    ["its defaults", psr("branch = 'main'"), { zero: likeSemver, types: noRevert }],
    [
      "major_on_zero and a tag's form",
      psr("major_on_zero = false\nallow_zero_version = true\ntag_format = '{version}'"),
      { zero: { feature: "minor" }, types: noRevert, tag: "{version}" },
    ],
    [
      "no versions below 1.0.0",
      psr("allow_zero_version = false"),
      { zero: { breaking: "major" }, types: noRevert },
      "makes 1.0.0",
    ],
    [
      "types of its own",
      psr(
        "[tool.semantic_release.commit_parser_options]\nminor_tags = ['feat', 'add']\npatch_tags = ['fix', 'docs']\n",
      ),
      {
        zero: likeSemver,
        types: { ...noRevert, perf: "none", add: "minor", docs: "patch" },
      },
    ],
    [
      "a least level for every type that it allows",
      psr(
        "[tool.semantic_release.commit_parser_options]\ndefault_bump_level = 1\nallowed_tags = ['chore']\n",
      ),
      { zero: likeSemver, types: { ...noRevert, chore: "patch" } },
    ],
    [
      "another parser",
      psr("commit_parser = 'emoji'"),
      { zero: likeSemver },
      "a commit parser other than",
    ],
    [
      "branches with pre-releases",
      psr(
        "[tool.semantic_release.branches.a]\nmatch = '^(beta|next)$'\nprerelease = true\nprerelease_token = 'b'\n[tool.semantic_release.branches.main]\nmatch = 'main'\n",
      ),
      { zero: likeSemver, types: noRevert, channels: { beta: "b", next: "b" } },
    ],
    [
      "branches by a pattern",
      psr("[tool.semantic_release.branches.a]\nmatch = 'feat/.+'\nprerelease = true\n"),
      { zero: likeSemver, types: noRevert },
      "a pattern names",
    ],
    [
      "version 7 in setup.cfg",
      {
        "setup.cfg":
          "[metadata]\nname = a\n\n[semantic_release]\nmajor_on_zero = False\npatch_without_tag = true\nparser_angular_minor_types = feat,feature\n",
      },
      {
        zero: { feature: "minor" },
        types: { "*": "patch" },
        unconventional: "patch",
      },
    ],
  ]);
});

describe("commitizen", () => {
  const types = { refactor: "patch", revert: "none" };
  const inToml = (lines: string) => ({ ".cz.toml": `[tool.commitizen]\n${lines}` });
  releaseRows([
    ["its defaults", inToml("name = 'cz_conventional_commits'"), { zero: likeSemver, types }],
    [
      "major_version_zero, in pyproject.toml",
      {
        "pyproject.toml":
          "[tool.commitizen]\nmajor_version_zero = true\ntag_format = 'v$version'\n",
      },
      { zero: { feature: "minor" }, types, tag: "v{version}" },
    ],
    [
      "JSON",
      { ".cz.json": json({ commitizen: { tag_format: `a-${placeholder}` } }) },
      { zero: likeSemver, types, tag: "a-{version}" },
    ],
    [
      "YAML",
      { "cz.yaml": "commitizen:\n  name: cz_conventional_commits\n" },
      { zero: likeSemver, types },
    ],
    [
      "a form of single numbers",
      inToml("tag_format = '$major.$minor.$patch'"),
      { zero: likeSemver, types },
      "how tags are written",
    ],
    ["rules of its own", inToml("name = 'cz_customize'"), {}, "rules other than the convention's"],
  ]);
});
