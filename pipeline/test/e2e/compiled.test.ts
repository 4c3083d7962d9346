import { cp, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { scratchFolder } from "../builders/repository.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A checkout of its own, whose sources a test may change. */
async function checkout() {
  const folder = await scratchFolder();
  for (const path of ["pipeline/src", "scripts", "package.json", "package-lock.json"]) {
    const kept = { recursive: true, preserveTimestamps: true };
    await cp(join(root, path), join(folder, path), kept);
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const run = (program: string, ...args: string[]) =>
    execa(program, args, { reject: false, stdin: "ignore" });
  return {
    folder,
    main: join(folder, "pipeline/src/cli/main.ts"),
    gantry: (...args: string[]) => run(join(folder, "scripts/gantry"), ...args),
    source: (...args: string[]) =>
      run(process.execPath, join(folder, "pipeline/src/cli/bin.ts"), ...args),
    compiled: async () => (await readdir(join(folder, ".gantry/compiled"))).sort(),
  };
}

test("a command is compiled once, and answers the same as its source", async () => {
  const { gantry, source, compiled } = await checkout();
  const first = await gantry("plan", "--help");
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });
  const files = await compiled();
  const second = await gantry("plan", "--help");
  expect(second.stdout).toBe(first.stdout);
  expect(await compiled()).toEqual(files);
  expect(files).toContain("entry");
  expect((await source("plan", "--help")).stdout).toBe(first.stdout);
});

test("a source that changed is what runs, whatever time it bears", async () => {
  const { gantry, main } = await checkout();
  expect(await gantry("--version")).toMatchObject({ exitCode: 0, stderr: "" });
  const text = await readFile(main, "utf8");
  await writeFile(main, `${text}\nprocess.stderr.write("changed\\n");\n`);
  // As a tool leaves it that unpacks or restores files.
  await utimes(main, 1, 1);
  expect(await gantry("--version")).toMatchObject({ exitCode: 0, stderr: "changed" });
  await writeFile(main, `${text}\nthis is no TypeScript;\n`);
  const broken = await gantry("--version");
  expect(broken.exitCode).not.toBe(0);
  expect(broken.stderr).toContain("main.ts");
  await writeFile(main, text);
  expect(await gantry("--version")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("where nothing can be written, the source runs", async () => {
  const { folder, gantry } = await checkout();
  // A file in place of the folder stops even somebody who may write anywhere.
  await writeFile(join(folder, ".gantry"), "");
  expect(await gantry("--version")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await readFile(join(folder, ".gantry"), "utf8")).toBe("");
});
