import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type Repository,
  scratchFolder,
  scratchRepository,
} from "../../../test/builders/repository.ts";
import { readSource } from "./source.ts";
import { surveyOf } from "./survey.ts";

async function survey(root: string) {
  const source = await readSource(root);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  return surveyOf(source.value);
}

const shown = (): Promise<Repository> =>
  scratchRepository({
    "pyproject.toml": "[project]",
    "src/app.py": "secret = 1",
    "web/package.json": "{}",
  });

test("names every file, and reads only those that say how it is built", async () => {
  const { root } = await shown();
  const { files, texts } = await survey(root);
  expect(files).toEqual(["pyproject.toml", "src/app.py", "web/package.json"]);
  expect([...texts]).toEqual([
    ["pyproject.toml", "[project]"],
    ["web/package.json", "{}"],
  ]);
});

test("a link out of the tree is not read", async () => {
  const { root } = await shown();
  await symlink("/etc/passwd", join(root, "package.json"));
  const { files, texts } = await survey(root);
  expect(files).toContain("package.json");
  expect(texts.has("package.json")).toBe(false);
});

test.each([
  ["https://github.com/ada/rose.git", "rose"],
  ["git@github.com:ada/rose", "rose"],
  ["https://example.com/ada/my.app/", "my-app"],
  ["/srv/git/$(id)", "id-"],
  ["https://example.com/..", "repository"],
])("the remote %s gives the name %s", async (remote, name) => {
  const { root, git } = await shown();
  await git("remote", "add", "origin", remote);
  expect((await survey(root)).name).toBe(name);
});

test("without a remote the folder gives the name", async () => {
  const root = await scratchFolder();
  expect((await survey(root)).name).toMatch(/^gantry-test-[\w-]+$/);
});
