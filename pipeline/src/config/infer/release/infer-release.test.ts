import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { placeholder } from "../../../../test/builders/release-rows.ts";
import { inferredFrom, rootFilesOf } from "../../../../test/builders/root-files.ts";
import { release as written } from "../../written/release.ts";
import { tellingFiles } from "./root-files.ts";

const python = "[project]\nname = 'a'\n[tool.semantic_release]\nmajor_on_zero = false\n";
const manifest = (scripts: Record<string, string>, more = {}): string =>
  JSON.stringify({ name: "a", scripts, ...more });
const cz = "[tool.commitizen]\nmajor_version_zero = true\n";

test.each([
  ["nothing", {}],
  ["manifests without a tool", { "pyproject.toml": "[tool.ruff]\n", "package.json": "{}" }],
  ["a changelog's settings alone", { "changelog.config.js": "module.exports = {}" }],
  ["cliff.toml without [bump]", { "cliff.toml": "[changelog]\nbody = ''\n" }],
  ["nx.json without releases", { "nx.json": '{"targetDefaults": {}}' }],
])("of %s nothing is parsed", async (_, files) => {
  expect((await tellingFiles(rootFilesOf(files))).size).toBe(0);
});

test("only the root's manifests are looked into", async () => {
  const root = rootFilesOf({ "package.json": "{}", "a/pyproject.toml": python, "README.md": "" });
  await tellingFiles(root);
  expect(root.asked).toEqual(["package.json"]);
});

test("what is taken is said with the file that it stands in", async () => {
  const { inferred, warnings } = await inferredFrom({ "pyproject.toml": python });
  const from = "pyproject.toml [tool.semantic_release] of python-semantic-release";
  expect(inferred).toEqual([
    { what: "below 1.0.0 a feature makes a minor version", from },
    { what: "feature, revert call for nothing", from },
  ]);
  expect(warnings).toEqual([]);
});

describe("of two tools", () => {
  const both = { "pyproject.toml": `${python}${cz}` };

  it.each([
    ["a workflow", { ".github/workflows/r.yml": "steps:\n  - run: cz --yes bump --changelog\n" }],
    ["a script", { "package.json": manifest({ release: "cz bump", old: "standard-version-not" }) }],
  ])("the one that %s calls counts", async (_, caller) => {
    const { release, warnings } = await inferredFrom({ ...both, ...caller });
    expect(release).toMatchObject({ types: { refactor: "patch" } });
    expect(warnings).toEqual([]);
  });

  it.each([
    ["neither is called", {}],
    [
      "both are called",
      { ".github/workflows/r.yaml": "run: cz bump\nrun: semantic-release version\n" },
    ],
  ])("none counts where %s, and that is said", async (_, callers) => {
    const { release, inferred, warnings } = await inferredFrom({ ...both, ...callers });
    expect({ release, inferred }).toEqual({ release: {}, inferred: [] });
    expect(warnings).toEqual([
      "more than one tool is set up to make versions, so no settings are taken from any: pyproject.toml [tool.semantic_release] of python-semantic-release, pyproject.toml [tool.commitizen] of commitizen",
    ]);
  });
});

test.each([
  ["pyproject.toml", "[tool.semantic_release\n"],
  ["release-please-config.json", '{"packages": '],
  [".releaserc", "branches: [main\n"],
  [".releaserc.json", "[]"],
  ["lerna.json", "null"],
])("a broken %s is passed over with a word", async (file, text) => {
  const { release, warnings } = await inferredFrom({ [file]: text });
  expect(release).toEqual({});
  expect(warnings).toEqual([expect.stringContaining(`${file} is not read: `)]);
});

describe("whatever the files hold", () => {
  it.each([
    ["a tag that git refuses", { tag_prefix: "-x ~" }],
    ["a tag with a control character", { tag_prefix: "\u001b[31m" }],
    ["a tag with two versions", { tag_prefix: "{version}" }],
    [
      "types that are no types",
      { commit_types: { "Not one": { bump_patch: true }, __proto__: 1 } },
    ],
    ["values of other kinds", { tag_prefix: 1, commit_types: [], packages: "no" }],
  ])("%s goes no further", async (_, settings) => {
    const { stringify } = await import("smol-toml");
    const { release } = await inferredFrom({ "cog.toml": stringify(settings) });
    expect(release).toEqual({ zero: { feature: "minor" }, types: expect.any(Object) });
    expect(Object.keys(release.types ?? {})).toEqual(["feature", "perf", "revert"]);
  });

  it("a file as long as a lock file is left alone", async () => {
    const long = { "cog.toml": `# ${"x".repeat(600 * 1024)}\ntag_prefix = 'v'\n` };
    expect((await tellingFiles(rootFilesOf(long))).size).toBe(0);
  });

  it("is such as gantry.yaml allows", async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("v{version}", placeholder, "beta", "feat"));
    const value = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer(), fc.array(text));
    const keys = fc.constantFrom("type", "name", "release", "prerelease", "hidden", "semver");
    const inner = fc.oneof(value, fc.array(fc.dictionary(keys, value, { maxKeys: 4 })));
    const names = ["tagFormat", "branches", "plugins", "releaseRules", "preset", "branch"];
    const settings = fc.dictionary(fc.constantFrom(...names), inner);
    await fc.assert(
      fc.asyncProperty(settings, async (release) => {
        const shown = await inferredFrom({ ".releaserc.json": JSON.stringify(release) });
        expect(written.safeParse(shown.release).error).toBeUndefined();
      }),
    );
  });
});
