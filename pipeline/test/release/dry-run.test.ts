import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { shownRelease } from "../../src/release/plan.ts";
import { scratchRepository } from "../builders/repository.ts";
import { type Said, say } from "../builders/terminal.ts";

const dryRun = (root: string, ...more: string[]): Promise<Said> =>
  say(["release", "--dry-run", "-C", root, ...more]);

test("answers version, why and changelog, and changes nothing", async () => {
  const { root, git, commit } = await scratchRepository({ "a.txt": "a" });
  await git("tag", "v1.0.0");
  await git("remote", "add", "origin", "git@github.com:o/n.git");
  await commit("feat(api)!: drop v1 (#5)\n\nBREAKING CHANGE: call v2 instead");
  await commit("fix: mend");
  const before = await git("for-each-ref");
  const { exit, stdout } = await dryRun(root, "--json");
  expect(exit).toBe(0);
  const [fix, drop] = (await git("log", "-2", "--format=%H")).split("\n");
  expect(JSON.parse(stdout)).toMatchObject({
    version: "2.0.0",
    tag: "v2.0.0",
    previous: "v1.0.0",
    commits: [
      { hash: fix, type: "fix", scope: null, breaking: false, subject: "mend" },
      { hash: drop, type: "feat", scope: "api", breaking: true, subject: "drop v1 (#5)" },
    ],
    changelog: {
      features: ["feat(api)!: drop v1 (#5)"],
      fixes: ["fix: mend"],
      chores: [],
      breaking: ["feat(api)!: drop v1 (#5)"],
    },
  });
  const { steps } = shownRelease.parse(JSON.parse(stdout)) as { steps: { id: string }[] };
  expect(steps.map(({ id }) => id)).toEqual([
    "tag",
    "draft",
    "asset:release-metadata.yaml",
    "asset:release-metadata.json",
    "publish",
    "twins",
    "changelog",
    "sync",
  ]);
  const text = (await dryRun(root)).stdout;
  expect(text).toContain("v1.0.0 → v2.0.0 (major)");
  expect(text).toContain("(breaking change)");
  expect(text).toContain("[#5](https://github.com/o/n/pull/5)");
  expect(await git("for-each-ref")).toBe(before);
  expect(await git("status", "--porcelain")).toBe("");
});

test("nothing to release is an answer, not a failure", async () => {
  const { root, git, commit } = await scratchRepository({ "a.txt": "a" });
  await git("tag", "v1.0.0");
  await commit("docs: a");
  const { exit, stdout } = await dryRun(root, "--json");
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    version: null,
    reason: expect.stringContaining("1 docs"),
  });
  expect((await dryRun(root)).stdout).toContain("nothing to release: since v1.0.0");
});

test("the config's first version, tags and components", async () => {
  const { root, write, commit, git } = await scratchRepository({
    "gantry.yaml": [
      "release:",
      "  components:",
      "    api: { path: api, first: 0.1.0 }",
      "    web: { path: [web, shared], tag: 'web/{version}' }",
    ].join("\n"),
    "api/a.txt": "a",
    "web/a.txt": "a",
  });
  await git("tag", "web/3.0.0");
  await write("shared/a.txt", "a");
  await commit("feat: shared");
  const { stdout } = await dryRun(root, "--json");
  expect(shownRelease.parse(JSON.parse(stdout))).toMatchObject({
    releases: [
      { component: "api", version: "0.1.0", tag: "api-v0.1.0" },
      { component: "web", version: "3.1.0", tag: "web/3.1.0", previous: "web/3.0.0" },
    ],
  });
  const one = await dryRun(root, "--json", "--component", "web");
  expect(JSON.parse(one.stdout)).toMatchObject({ component: "web", version: "3.1.0" });
  const wrong = await dryRun(root, "--component", "wep");
  expect(wrong).toMatchObject({ exit: 2, stderr: expect.stringContaining("--component web") });
});

test("a wrong version in the config is refused with its place", async () => {
  const { root } = await scratchRepository({
    "gantry.yaml": "release:\n  first: one\n  tag: v1\n",
  });
  const { exit, stdout } = await dryRun(root, "--json");
  expect(exit).toBe(2);
  expect(JSON.parse(stdout).errors).toMatchObject([
    { file: "gantry.yaml", line: 2 },
    { file: "gantry.yaml", line: 3 },
  ]);
});

const tool = "[project]\nname = 'a'\n[tool.semantic_release]\n";

test.each([
  ["as the repository's own tool is set", { "pyproject.toml": tool }, "0.2.0"],
  ["as ever where it has none", { "pyproject.toml": "[project]\nname = 'a'\n" }, "0.1.1"],
  [
    "as gantry.yaml says, whatever the tool does",
    { "pyproject.toml": tool, "gantry.yaml": "release: { zero: { breaking: minor } }\n" },
    "0.1.1",
  ],
  [
    "as the tool is set where gantry.yaml says nothing of releases",
    { "pyproject.toml": tool, "gantry.yaml": "name: a\n" },
    "0.2.0",
  ],
])("below 1.0.0 a feature counts %s", async (_, files, version) => {
  const { root, git, commit } = await scratchRepository(files);
  await git("tag", "v0.1.0");
  await commit("feat: more");
  const plan = shownRelease.parse(JSON.parse((await dryRun(root, "--json")).stdout));
  const taken = version === "0.2.0" ? [expect.objectContaining(zeroTaken), noneTaken] : [];
  expect(plan).toMatchObject({ version, inferred: taken, warnings: [] });
});

const from = "pyproject.toml [tool.semantic_release] of python-semantic-release";
const zeroTaken = { from, what: expect.stringContaining("below 1.0.0") };
const noneTaken = { from, what: "feature, revert call for nothing" };

test("a person is told what was taken, and a broken file stops nothing", async () => {
  const { root, git, commit } = await scratchRepository({
    "pyproject.toml": "[tool.commitizen]\n",
    "cog.toml": "tag_prefix = \n",
  });
  await git("tag", "v0.1.0");
  await commit("refactor: more");
  const { exit, stdout } = await dryRun(root);
  expect(exit).toBe(0);
  expect(stdout).toContain("v0.1.0 → v0.1.1 (patch)");
  expect(stdout).toContain("  refactor calls for a patch; ");
  expect(stdout).toContain("warning: cog.toml is not read: ");
});

test("a folder with nothing but git in it shows what its commit does", async () => {
  const { root, git, commit } = await scratchRepository({ "cog.toml": "tag_prefix = 'r-'\n" });
  await git("tag", "r-1.0.0");
  await commit("fix: more");
  await rm(`${root}/cog.toml`);
  const { stdout } = await dryRun(root, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ version: "1.0.1", tag: "r-1.0.1" });
});

test("locale and time zone play no part", async () => {
  const { root, git, commit } = await scratchRepository({ "a.txt": "a" });
  await git("tag", "v1.0.0");
  await commit("feat: İ");
  const answer = async (): Promise<object> => {
    const { metadata, ...plan } = JSON.parse((await dryRun(root, "--json")).stdout);
    expect(metadata).toMatchObject({ version: "v1.1.0", changelog: { features: ["feat: İ"] } });
    return plan;
  };
  const first = await answer();
  const before = { ...process.env };
  Object.assign(process.env, {
    TZ: "Pacific/Kiritimati",
    LC_ALL: "tr_TR.UTF-8",
    LANG: "tr_TR.UTF-8",
  });
  try {
    expect(await answer()).toEqual(first);
  } finally {
    process.env = before;
  }
});
