import { mkdir, rename, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder, scratchRepository } from "../../../test/builders/repository.ts";
import { checkoutFiles, committedFiles } from "./root-files.ts";

const files = { "cog.toml": "a", ".github/release-please.yml": "b", "src/x.ts": "c" };

test("a checkout and its commit hold the same; links are left alone in both", async () => {
  const { root, write, commit } = await scratchRepository(files);
  await symlink("/etc/passwd", join(root, "package.json"));
  await commit();
  await write("later.txt", "not committed");
  const checkout = await checkoutFiles(root);
  const committed = committedFiles(root, "HEAD");
  const all = [".github/", "cog.toml", "src/"];
  expect([...(await committed.list("."))].sort()).toEqual(all);
  expect([...(await checkout.list("."))].sort()).toEqual([".git/", ...all, "later.txt"].sort());
  for (const these of [checkout, committed]) {
    expect(await these.list(".github")).toEqual(["release-please.yml"]);
    expect(await these.list("missing")).toEqual([]);
    expect(await these.text(".github/release-please.yml")).toBe("b");
    expect(await these.text("missing")).toBeUndefined();
  }
});

test("another commit is read as it was", async () => {
  const { root, git, write, commit } = await scratchRepository(files);
  await git("tag", "v1.0.0");
  await write("cog.toml", "later");
  await commit();
  expect(await committedFiles(root, "v1.0.0").text("cog.toml")).toBe("a");
});

test("a folder with nothing but git in it shows what HEAD holds", async () => {
  const { root } = await scratchRepository(files);
  const bare = join(await scratchFolder(), "bare");
  await mkdir(bare);
  await rename(join(root, ".git"), join(bare, ".git"));
  expect(await (await checkoutFiles(bare)).text("cog.toml")).toBe("a");
});

test("a repository without a commit, and no repository at all, show nothing", async () => {
  const { root } = await scratchRepository();
  expect(await (await checkoutFiles(root)).list(".")).toEqual([]);
  expect(await (await checkoutFiles(join(root, "missing"))).list(".")).toEqual([]);
});
