import {
  chmod,
  lstat,
  mkdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchFolder, scratchRepository, snapshot } from "../../../test/builders/repository.ts";
import { readSource, type Source } from "./source.ts";
import { syncWorkspace } from "./workspace.ts";

async function setUp(
  files: Readonly<Record<string, string>> = { "a.py": "1", "src/b.py": "1", "src/deep/c.py": "1" },
) {
  const repository = await scratchRepository(files);
  const target = join(await scratchFolder(), "work");
  const sync = async (...keep: string[]): Promise<Source> => {
    const source = await readSource(repository.root);
    if (!source.ok) throw new Error(JSON.stringify(source.problems));
    await syncWorkspace(source.value, target, new Set(keep));
    return source.value;
  };
  /** The workspace must look like the user's tree, but for the kept folders. */
  const expectEqual = async (...keep: string[]): Promise<void> => {
    expect(await snapshot(target, keep)).toEqual(
      await snapshot(repository.root, [".git", ".gantry"]),
    );
  };
  return { ...repository, target, sync, expectEqual };
}

describe("a workspace equals the source", () => {
  test("at first, and after edits, new files, deletions, renames and modes", async () => {
    const { root, write, target, sync, expectEqual } = await setUp();
    await sync();
    await expectEqual();
    await write("a.py", "2");
    await write("new/file.py", "2");
    await rm(join(root, "src/deep"), { recursive: true });
    await chmod(join(root, "src/b.py"), 0o755);
    await symlink("a.py", join(root, "link"));
    await sync();
    await expectEqual();
    await rm(join(root, "link"));
    await symlink("src/b.py", join(root, "link"));
    await sync();
    await expectEqual();
    expect((await lstat(join(target, "link"))).isSymbolicLink()).toBe(true);
  });

  test("where a file becomes a folder, a folder a file, and either a link", async () => {
    const { root, write, sync, expectEqual } = await setUp();
    await sync();
    await rm(join(root, "a.py"));
    await write("a.py/inner.py", "2");
    await rm(join(root, "src"), { recursive: true });
    await write("src", "now a file");
    await sync();
    await expectEqual();
    await rm(join(root, "src"));
    await symlink("a.py", join(root, "src"));
    await sync();
    await expectEqual();
  });

  test("what a run left behind is taken out", async () => {
    const { target, sync, expectEqual } = await setUp();
    await sync();
    await mkdir(join(target, "src/__pycache__/x"), { recursive: true });
    await writeFile(join(target, "src/__pycache__/x/y.pyc"), "");
    await writeFile(join(target, "src/left.txt"), "");
    await writeFile(join(target, ".coverage"), "");
    await sync();
    await expectEqual();
  });

  test("what a run changed is put back, even if it covers its traces", async () => {
    const { target, sync, expectEqual } = await setUp();
    await sync();
    const before = await stat(join(target, "a.py"));
    await writeFile(join(target, "a.py"), "X");
    await utimes(join(target, "a.py"), before.atime, before.mtime);
    await chmod(join(target, "src/b.py"), 0o777);
    await rm(join(target, "src/deep/c.py"));
    await sync();
    await expectEqual();
  });

  test("a link that a run put in a folder's place is not followed", async () => {
    const { target, sync, expectEqual } = await setUp();
    const outside = await scratchFolder();
    await writeFile(join(outside, "b.py"), "precious");
    await sync();
    await rm(join(target, "src"), { recursive: true });
    await symlink(outside, join(target, "src"));
    await sync();
    await expectEqual();
    expect(await readFile(join(outside, "b.py"), "utf8")).toBe("precious");
    expect(Object.keys(await snapshot(outside))).toEqual(["b.py"]);
  });

  test("kept folders stay, wherever they are; others of the same depth do not", async () => {
    const { target, sync, expectEqual } = await setUp();
    await sync("node_modules", "src/.venv", "other/deep/trees");
    for (const folder of ["node_modules", "src/.venv", "other/deep/trees", "other/deep/junk"]) {
      await mkdir(join(target, folder), { recursive: true });
      await writeFile(join(target, folder, "x"), "kept");
    }
    await sync("node_modules", "src/.venv", "other/deep/trees");
    expect(await readFile(join(target, "node_modules/x"), "utf8")).toBe("kept");
    expect(await readFile(join(target, "src/.venv/x"), "utf8")).toBe("kept");
    expect(await readFile(join(target, "other/deep/trees/x"), "utf8")).toBe("kept");
    await expectEqual("node_modules", "src/.venv", "other");
    await sync();
    await expectEqual();
  });

  test("unchanged files are not copied again", async () => {
    const { target, sync } = await setUp();
    await sync();
    const before = await stat(join(target, "a.py"));
    await sync();
    const after = await stat(join(target, "a.py"));
    expect([after.ino, after.ctimeMs]).toEqual([before.ino, before.ctimeMs]);
  });

  test("an interrupted sync is not taken for a finished one", async () => {
    const { root, write, target, sync, expectEqual } = await setUp();
    await sync();
    await write("a.py", "2");
    const source = await readSource(root);
    if (!source.ok) throw new Error("no source");
    const broken = {
      ...source.value,
      files: [...source.value.files, { path: "gone.py", id: "0", kind: "file" as const }],
    };
    await expect(syncWorkspace(broken, target, new Set())).rejects.toThrow("gone.py");
    await writeFile(join(target, "src/b.py"), "tampered");
    await sync();
    await expectEqual();
  });

  test.each(["{", "null", "[]", '{"a.py":null}'])(
    "a manifest that reads %s is made again",
    async (text) => {
      const { target, sync, expectEqual } = await setUp();
      await sync();
      await writeFile(`${target}.files.json`, text);
      await writeFile(join(target, "a.py"), "tampered");
      await sync();
      await expectEqual();
    },
  );

  test("names of every kind", async () => {
    const { sync, expectEqual } = await setUp({
      "with space/ä": "1",
      "new\nline": "1",
      "-rf": "1",
      __proto__x: "1",
      constructor: "1",
    });
    await sync();
    await sync();
    await expectEqual();
  });
});
