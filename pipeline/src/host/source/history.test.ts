import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import {
  type Repository,
  scratchFolder,
  scratchRepository,
  snapshot,
} from "../../../test/builders/repository.ts";
import { linkHistory } from "./history.ts";
import { readSource } from "./source.ts";
import { syncWorkspace } from "./workspace.ts";

async function workspaceOf(root: string): Promise<{ folder: string; git: Repository["git"] }> {
  const folder = join(await scratchFolder(), "work");
  const source = await readSource(root);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  await syncWorkspace(source.value, folder, new Set());
  await linkHistory(root, folder);
  const git: Repository["git"] = async (...args) =>
    (
      await execa("git", args, {
        cwd: folder,
        env: { GIT_CEILING_DIRECTORIES: join(folder, "..") },
      })
    ).stdout;
  return { folder, git };
}

async function released(): Promise<Repository> {
  const repository = await scratchRepository({ "a.py": "1" });
  await repository.git("tag", "v1.0.0");
  await repository.write("a.py", "2");
  await repository.commit("feat: second");
  return repository;
}

test("log, tags and describe work in a workspace, and changes show as in the source", async () => {
  const source = await released();
  await source.write("a.py", "edited");
  await source.write("new.py", "untracked");
  const { git } = await workspaceOf(source.root);
  expect(await git("log", "--format=%s")).toBe("feat: second\nfeat: first");
  expect(await git("describe", "--tags")).toBe(await source.git("describe", "--tags"));
  expect(await git("rev-parse", "HEAD")).toBe(await source.git("rev-parse", "HEAD"));
  expect(await git("status", "--porcelain")).toBe(
    await source.git("status", "--porcelain", "--", ":!.gantry"),
  );
});

test("nothing that a step does there reaches the user's repository", async () => {
  const source = await released();
  const { folder, git } = await workspaceOf(source.root);
  const before = await snapshot(source.root, [".gantry"]);
  await writeFile(join(folder, "b.py"), "1");
  await git("add", "--all");
  await git(
    "-c",
    "user.name=x",
    "-c",
    "user.email=x@y",
    "commit",
    "--quiet",
    "--message",
    "feat: evil",
  );
  await git("tag", "v9.9.9");
  await expect(git("push", "--quiet", "origin", "HEAD:refs/heads/evil")).rejects.toThrow();
  await expect(git("push", "--quiet", "--tags")).rejects.toThrow();
  await git("gc", "--quiet", "--prune=now");
  expect(await snapshot(source.root, [".gantry"])).toEqual(before);
});

test("a second time, and after the source has moved on", async () => {
  const source = await released();
  const { folder, git } = await workspaceOf(source.root);
  await source.commit("feat: third");
  await linkHistory(source.root, folder);
  expect(await git("rev-parse", "HEAD")).toBe(await source.git("rev-parse", "HEAD"));
});

test("a shallow clone gives what it has", async () => {
  const source = await released();
  const shallow = join(await scratchFolder(), "shallow");
  await execa("git", ["clone", "--quiet", "--depth=1", `file://${source.root}`, shallow]);
  const { git } = await workspaceOf(shallow);
  expect(await git("log", "--format=%s")).toBe("feat: second");
});

test("a linked work tree gives its own branch, and is not written to", async () => {
  const source = await released();
  const linked = join(await scratchFolder(), "linked");
  await source.git("worktree", "add", "--quiet", "-b", "topic", linked);
  const { git } = await workspaceOf(linked);
  const before = await snapshot(source.root, [".gantry"]);
  expect(await git("symbolic-ref", "--short", "HEAD")).toBe("topic");
  await git(
    "-c",
    "user.name=x",
    "-c",
    "user.email=x@y",
    "commit",
    "--quiet",
    "--allow-empty",
    "--message",
    "x",
  );
  expect(await snapshot(source.root, [".gantry"])).toEqual(before);
});

test("no credentials of the checkout are brought along", async () => {
  const source = await released();
  await source.git(
    "config",
    "http.https://github.com/.extraheader",
    "AUTHORIZATION: basic c2VjcmV0",
  );
  const { folder } = await workspaceOf(source.root);
  expect(JSON.stringify(await snapshot(folder))).not.toContain("c2VjcmV0");
});

test.each([
  ["a folder without git", async () => scratchFolder()],
  [
    "a part of a repository",
    async () => {
      const { root } = await scratchRepository({ "part/a.py": "1" });
      return join(root, "part");
    },
  ],
  ["a repository without a commit", async () => (await scratchRepository()).root],
])("%s is no failure: it has no history to give", async (_, make) => {
  const root = await make();
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "a.py"), "1");
  const { git } = await workspaceOf(root);
  await expect(git("log")).rejects.toThrow();
});
