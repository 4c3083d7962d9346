import { describe } from "vitest";
import {
  json,
  likeSemver,
  noFeature,
  placeholder,
  releaseRows,
} from "../../../../../test/builders/release-rows.ts";

describe("semantic-release", () => {
  const set = (settings: object) => ({ ".releaserc": json({ branches: ["main"], ...settings }) });
  const analyzer = (options: object) =>
    set({ plugins: [["@semantic-release/commit-analyzer", options], "@semantic-release/npm"] });
  const channels = { beta: "beta", alpha: "alpha" };
  releaseRows([
    [
      "in a package's scripts",
      { "package.json": json({ scripts: { release: "semantic-release" } }) },
      { zero: likeSemver, types: noFeature, channels },
    ],
    [
      "in package.json",
      {
        "package.json": json({
          release: { branch: "master", tagFormat: placeholder },
          devDependencies: { "semantic-release": "1" },
        }),
      },
      { zero: likeSemver, types: noFeature, tag: "{version}" },
    ],
    [
      "YAML with branches",
      {
        ".releaserc.yml":
          "branches:\n  - main\n  - { name: next, prerelease: true }\n  - { name: b, prerelease: rc }\n",
      },
      { zero: likeSemver, types: noFeature, channels: { next: "next", b: "rc" } },
    ],
    [
      "branches by a pattern",
      set({ branches: ["main", { name: "feat/*", prerelease: true }] }),
      { zero: likeSemver, types: noFeature },
      "a pattern names",
    ],
    [
      "rules by type, the highest of which counts",
      analyzer({
        releaseRules: [
          { type: "docs", release: "patch" },
          { type: "docs", release: false },
          { type: "perf", release: false },
          { revert: true, release: "minor" },
        ],
      }),
      { zero: likeSemver, types: { ...noFeature, docs: "patch", perf: "none", revert: "minor" } },
    ],
    [
      "rules by more than the type",
      analyzer({
        releaseRules: [
          { type: "docs", scope: "readme", release: "patch" },
          { breaking: true, release: "minor" },
          { type: "*", release: "patch" },
        ],
      }),
      { zero: likeSemver, types: noFeature },
      "more than a commit's type",
    ],
    ["another preset", analyzer({ preset: "eslint" }), { zero: likeSemver }, "another preset"],
    ["another plugin", set({ plugins: ["./own.js"] }), { zero: likeSemver }, "a plugin of its own"],
    ["settings from elsewhere", set({ extends: "@a/b" }), { zero: likeSemver }, "from elsewhere"],
    [
      "a program, which is not run",
      { "release.config.js": "process.exit(1)" },
      { zero: likeSemver },
      "by a program",
    ],
  ]);
});
