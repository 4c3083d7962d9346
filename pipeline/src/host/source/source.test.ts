import {
  chmod,
  mkdir,
  readdir,
  rename,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, test } from "vitest";
import { scratchFolder, scratchRepository, snapshot } from "../../../test/builders/repository.ts";
import { readSource, type Source } from "./source.ts";

async function sourceOf(folder: string): Promise<Source> {
  const source = await readSource(folder);
  if (!source.ok) throw new Error(JSON.stringify(source.problems));
  return source.value;
}

const paths = (source: Source): string[] => source.files.map(({ path }) => path).sort();

describe("what belongs to the source", () => {
  test("what git tracks, and what is untracked and not ignored", async () => {
    const { root, write } = await scratchRepository({
      ".gitignore": "*.log\nbuild/\n",
      "src/app.py": "1",
      "old.py": "1",
    });
    await write("new.py", "2");
    await write("noise.log", "2");
    await write("build/out", "2");
    await write(".env", "A=1");
    await unlink(join(root, "old.py"));
    expect(paths(await sourceOf(root))).toEqual([".env", ".gitignore", "new.py", "src/app.py"]);
  });

  test("the same for two that read it at once, and nothing is left of either", async () => {
    const { root, write } = await scratchRepository({ "a.txt": "1" });
    await write("b.txt", "2");
    const alone = await sourceOf(root);
    const both = await Promise.all([sourceOf(root), sourceOf(root), sourceOf(root)]);
    expect(both).toEqual([alone, alone, alone]);
    expect(await readdir(join(root, ".gantry", "git"))).toEqual(["objects"]);
  });

  test("names of every kind, modes and links", async () => {
    const { root, write } = await scratchRepository();
    const names = [
      "with space",
      "größe/日本",
      "-rf",
      "--upload-pack=x",
      "new\nline",
      "tab\there",
      '"quoted"',
      "$(id)",
      "a\\b",
      "émoji 🚀",
    ];
    for (const name of names) await write(name, name);
    await write("run", "#!/bin/sh");
    await chmod(join(root, "run"), 0o755);
    await symlink("run", join(root, "inside"));
    await symlink("/etc/passwd", join(root, "outside"));
    await symlink("nowhere", join(root, "dangling"));
    const source = await sourceOf(root);
    expect(paths(source)).toEqual([...names, "run", "inside", "outside", "dangling"].sort());
    const kinds = Object.fromEntries(source.files.map(({ path, kind }) => [path, kind]));
    expect(kinds).toMatchObject({
      run: "executable",
      inside: "link",
      outside: "link",
      dangling: "link",
      "-rf": "file",
    });
  });

  test("a name that is no UTF-8 is left out with a warning", async () => {
    const { root } = await scratchRepository({ "a.py": "1" });
    await writeFile(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff, 0xfe])]), "1");
    const source = await sourceOf(root);
    expect(paths(source)).toEqual(["a.py"]);
    expect(source.warnings.join()).toContain("no UTF-8");
  });

  test("a repository without a commit", async () => {
    const { root, write } = await scratchRepository();
    await write("a.py", "1");
    const source = await sourceOf(root);
    expect(source).toMatchObject({ commit: undefined, branch: "main" });
    expect(paths(source)).toEqual(["a.py"]);
  });

  test("a detached head has a commit and no branch", async () => {
    const { root, git } = await scratchRepository({ "a.py": "1" });
    await git("checkout", "--quiet", "--detach");
    expect(await sourceOf(root)).toMatchObject({
      branch: undefined,
      commit: await git("rev-parse", "HEAD"),
    });
  });

  test("a part of a repository is a source of its own", async () => {
    const { root, write } = await scratchRepository({ "app/a.py": "1", "other/b.py": "1" });
    const before = await sourceOf(join(root, "app"));
    expect(paths(before)).toEqual(["a.py"]);
    await write("other/b.py", "2");
    expect((await sourceOf(join(root, "app"))).hash).toBe(before.hash);
    await write("app/a.py", "2");
    expect((await sourceOf(join(root, "app"))).hash).not.toBe(before.hash);
  });

  test("a folder without git is taken as it is", async () => {
    const root = await scratchFolder();
    await mkdir(join(root, "src"));
    await mkdir(join(root, "node_modules"));
    await writeFile(join(root, "src", "a.py"), "1");
    await writeFile(join(root, "node_modules", "x.js"), "1");
    await symlink("src/a.py", join(root, "link"));
    const source = await sourceOf(root);
    expect(paths(source)).toEqual(["link", "src/a.py"]);
    expect(source).toMatchObject({ commit: undefined, branch: undefined });
    await writeFile(join(root, "src", "a.py"), "2");
    expect((await sourceOf(root)).hash).not.toBe(source.hash);
  });

  test("a folder that its repository ignores is taken as it is", async () => {
    const { root, write } = await scratchRepository({ ".gitignore": "tmp/\n" });
    await write("tmp/app/a.py", "1");
    expect(paths(await sourceOf(join(root, "tmp", "app")))).toEqual(["a.py"]);
  });

  test("a sparse checkout leaves out what is not there", async () => {
    const { root, git } = await scratchRepository({ "a/x": "1", "b/y": "1" });
    await git("sparse-checkout", "set", "a");
    expect(paths(await sourceOf(root))).toEqual(["a/x"]);
  });

  test("a repository inside it that has no commit is no failure", async () => {
    const { root, git, write } = await scratchRepository({ "a.py": "1" });
    await git("init", "--quiet", "scratch");
    await write("b.py", "1");
    expect(paths(await sourceOf(root))).toEqual(["a.py", "b.py"]);
  });
});

describe("submodules", () => {
  async function withSubmodule() {
    const inner = await scratchRepository({ "lib.py": "1", "more/deep.py": "1" });
    const outer = await scratchRepository({ "a.py": "1" });
    await outer.git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      inner.root,
      "vendor/lib",
    );
    await outer.commit();
    return outer;
  }

  test("their files belong to the source", async () => {
    const { root } = await withSubmodule();
    expect(paths(await sourceOf(root))).toEqual([
      ".gitmodules",
      "a.py",
      "vendor/lib/lib.py",
      "vendor/lib/more/deep.py",
    ]);
  });

  test("an edit in one changes hash and content id, and leaves it as it was", async () => {
    const { root, write } = await withSubmodule();
    const before = await sourceOf(root);
    await write("vendor/lib/lib.py", "2");
    await write("vendor/lib/new.py", "2");
    const kept = await snapshot(root, [".gantry"]);
    const after = await sourceOf(root);
    expect(after.hash).not.toBe(before.hash);
    expect(paths(after)).toContain("vendor/lib/new.py");
    const id = (source: Source) =>
      source.files.find(({ path }) => path === "vendor/lib/lib.py")?.id;
    expect(id(after)).not.toBe(id(before));
    expect(await snapshot(root, [".gantry"])).toEqual(kept);
  });

  test("one that is not checked out is left out with a warning", async () => {
    const { root, git } = await withSubmodule();
    await git("submodule", "--quiet", "deinit", "--force", "vendor/lib");
    const source = await sourceOf(root);
    expect(paths(source)).toEqual([".gitmodules", "a.py"]);
    expect(source.warnings.join()).toContain("vendor/lib");
  });
});

describe("the hash", () => {
  test("changes with content, mode and name, and with nothing else", async () => {
    const { root, write, git, commit } = await scratchRepository({ "a.py": "1", "b.py": "1" });
    const hash = async (): Promise<string> => (await sourceOf(root)).hash;
    const first = await hash();
    expect(await hash()).toBe(first);

    await write("a.py", "2");
    const edited = await hash();
    expect(edited).not.toBe(first);
    await git("add", "a.py");
    expect(await hash()).toBe(edited);
    await commit();
    expect(await hash()).toBe(edited);
    await git("checkout", "--quiet", "-b", "other");
    expect(await hash()).toBe(edited);
    await write(".git/info/exclude", "ignored\n");
    await write("ignored", "x");
    expect(await hash()).toBe(edited);

    await chmod(join(root, "a.py"), 0o755);
    const executable = await hash();
    expect(executable).not.toBe(edited);
    await rename(join(root, "b.py"), join(root, "c.py"));
    expect(await hash()).not.toBe(executable);
  });

  test("sees an edit of the same size within the same moment", async () => {
    const { root, write } = await scratchRepository({ "a.py": "1" });
    const seen = new Set<string>();
    for (const content of ["2", "3", "4", "5"]) {
      await write("a.py", content);
      seen.add((await sourceOf(root)).hash);
    }
    expect(seen.size).toBe(4);
  });
});

test("an edit of the same size in the second of the commit is seen", async () => {
  const { root, git, write } = await scratchRepository({ "a.py": "1" });
  const { hash } = await sourceOf(root);
  // As git sees it where a file's time counts in whole seconds, without a test that waits for one.
  await git("config", "core.trustctime", "false");
  const moment = new Date("2026-01-01T00:00:00Z");
  await utimes(join(root, "a.py"), moment, moment);
  await git("update-index", "--refresh");
  await write("a.py", "2");
  await utimes(join(root, "a.py"), moment, moment);
  await utimes(join(root, ".git", "index"), moment, moment);
  const status = await git("--no-optional-locks", "status", "--porcelain", "--", "a.py");
  expect(status).toContain("M a.py");
  expect((await sourceOf(root)).hash).not.toBe(hash);
});

describe("the user's repository is only read", () => {
  afterEach(() => {
    for (const name of ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"]) delete process.env[name];
  });

  async function dirty() {
    const repository = await scratchRepository({ "a.py": "1", "b.py": "1", "c.py": "1" });
    const { root, git, write } = repository;
    await write("a.py", "staged");
    await git("add", "a.py");
    await write("a.py", "and edited");
    await write("new.py", "untracked");
    await rm(join(root, "b.py"));
    return repository;
  }

  test("index, objects, references and work tree stay as they are", async () => {
    const { root, git } = await dirty();
    const status = await git("status", "--porcelain=v2");
    const before = await snapshot(root, [".gantry"]);
    await sourceOf(root);
    expect(await snapshot(root, [".gantry"])).toEqual(before);
    expect(await git("status", "--porcelain=v2")).toBe(status);
  });

  test("no hook, filter or monitor of the machine is started by reading", async () => {
    const { root, git, write } = await dirty();
    await write(".git/hooks/post-index-change", "#!/bin/sh\ntouch ../hook-ran\n");
    await chmod(join(root, ".git/hooks/post-index-change"), 0o755);
    await git("config", "core.fsmonitor", "touch monitor-ran; false");
    await sourceOf(root);
    const { stdout } = await execa("find", [root, "-name", "*-ran"]);
    expect(stdout).toBe("");
  });

  test("also when a git hook of another repository calls Gantry", async () => {
    const other = await scratchRepository({ "z.py": "1" });
    const mine = await scratchRepository({ "a.py": "1" });
    const before = await snapshot(other.root);
    process.env.GIT_DIR = join(other.root, ".git");
    process.env.GIT_WORK_TREE = other.root;
    process.env.GIT_INDEX_FILE = join(other.root, ".git", "index");
    expect(paths(await sourceOf(mine.root))).toEqual(["a.py"]);
    expect(await snapshot(other.root)).toEqual(before);
  });
});
