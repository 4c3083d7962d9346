import { describe } from "vitest";
import {
  json,
  likeSemver,
  noFeature,
  noRevert,
  releaseRows,
} from "../../../../../test/builders/release-rows.ts";

describe("release-please", () => {
  const config = (settings: object) => ({ "release-please-config.json": json(settings) });
  const root = { packages: { ".": {} } };
  releaseRows([
    ["its defaults", config(root), { zero: likeSemver, types: noFeature }],
    [
      "what it sets below 1.0.0",
      config({ ...root, "bump-minor-pre-major": true, "bump-patch-for-minor-pre-major": true }),
      { types: noFeature },
    ],
    [
      "the only package's settings over those of all",
      config({
        "bump-minor-pre-major": true,
        packages: { lib: { "bump-minor-pre-major": false, "release-type": "python" } },
      }),
      { zero: likeSemver, types: { ...noFeature, deps: "patch", docs: "patch" } },
    ],
    [
      "sections of the changelog",
      config({
        ...root,
        "changelog-sections": [
          { type: "feat", section: "New" },
          { type: "fix", section: "Mended" },
          { type: "docs", section: "Texts" },
          { type: "perf", section: "Fast", hidden: true },
        ],
      }),
      { zero: likeSemver, types: { ...noRevert, perf: "none", docs: "patch" } },
    ],
    [
      "tags without a component",
      config({ ...root, "include-component-in-tag": false, "include-v-in-tag": false }),
      { zero: likeSemver, types: noFeature, tag: "{version}" },
    ],
    [
      "tags with a component",
      config({ packages: { ".": { component: "app", "tag-separator": "@" } } }),
      { zero: likeSemver, types: noFeature, tag: "app@v{version}" },
    ],
    [
      "several packages",
      config({
        packages: { a: {}, b: { "bump-minor-pre-major": true } },
        "include-component-in-tag": false,
      }),
      { zero: likeSemver, types: noFeature },
      "several packages",
    ],
    ["another strategy", config({ ...root, versioning: "always-bump-patch" }), {}, "strategy"],
    [
      "the app's file",
      { ".github/release-please.yml": "releaseType: go-yoshi\nbumpMinorPreMajor: true\n" },
      { zero: { feature: "minor" }, types: { ...noFeature, docs: "patch" } },
    ],
    [
      "the app's file that leads to another",
      { ".github/release-please.yml": "manifest: true\n" },
      {},
    ],
  ]);
});
