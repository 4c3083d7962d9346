import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readSource } from "../../src/host/source/source.ts";
import { hashTree } from "../../src/procedures/tree-hash.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with what makes hashes differ: order, modes, links, empty folders, odd names. */
function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "gantry-hash-"));
  folders.push(folder);
  mkdirSync(join(folder, "lib/deep"), { recursive: true });
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "lib.txt"), "sorts before the folder lib/\n");
  writeFileSync(join(folder, "lib/deep/ä b.txt"), "text\r\n");
  writeFileSync(join(folder, "lib-x"), "");
  writeFileSync(join(folder, "run.sh"), "#!/bin/sh\n");
  chmodSync(join(folder, "run.sh"), 0o755);
  symlinkSync("lib/deep", join(folder, "link"));
  return folder;
}

it("is git's own for a checkout, uncommitted files included", async () => {
  const folder = scratch();
  const expected = await hashTree(folder, "git-tree");
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  execFileSync("git", ["add", "--all"], { cwd: folder });
  const tree = execFileSync("git", ["write-tree"], { cwd: folder, encoding: "utf8" }).trim();
  expect(expected).toBe(`git-tree:${tree}`);
});

it("is the host's own for a folder without git", async () => {
  const folder = scratch();
  const source = await readSource(folder);
  const hash = source.ok ? source.value.hash : "";
  rmSync(join(folder, ".gantry"), { recursive: true, force: true });
  expect(await hashTree(folder, "files")).toBe(hash);
});
