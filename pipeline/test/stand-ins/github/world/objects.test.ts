import { execa } from "execa";
import { expect, test } from "vitest";
import { scratchRepository } from "../../../builders/repository.ts";
import { commitObject, type GitObject, treeObjects } from "./objects.ts";

const files = { "a.txt": "a", "a/b.txt": "b", "a-b": "c", "deep/er/ü.txt": "", z: "\0binary" };

test("names trees as git does, whatever the order of the files", async () => {
  const { git } = await scratchRepository(files);
  const given = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  const tree = await git("rev-parse", "HEAD^{tree}");
  for (const order of [given, given.toReversed()]) {
    expect((treeObjects(new Map(order)).at(-1) as GitObject).sha).toBe(tree);
  }
});

test("names commits as git does, which takes them as whole", async () => {
  const { root, git } = await scratchRepository({ "a.txt": "a" });
  const { sha, content } = commitObject({
    message: "fix: ü",
    author: "octocat",
    date: "2026-02-03T04:05:06Z",
    parents: [await git("rev-parse", "HEAD")],
    files: new Map([["a.txt", Buffer.from("a")]]),
  });
  const words = ["hash-object", "-w", "-t", "commit", "--stdin"];
  expect((await execa("git", words, { cwd: root, input: content })).stdout).toBe(sha);
  expect(await git("log", "-1", "--format=%an|%at|%T|%B", sha)).toBe(
    `octocat|1770091506|${await git("rev-parse", "HEAD^{tree}")}|fix: ü\n`,
  );
});
