import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeWorkRoot } from "./work-root.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-work-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("gives two runs at once folders of their own, and the first one again afterwards", async () => {
  const first = await takeWorkRoot(folder);
  const second = await takeWorkRoot(folder);
  expect([first.folder, second.folder]).toEqual([join(folder, "work"), join(folder, "work-2")]);
  await first.release();
  expect((await takeWorkRoot(folder)).folder).toBe(first.folder);
});

it("takes over what a killed run has left", async () => {
  const ended = execa("true");
  await ended;
  await writeFile(join(folder, "work.lock"), String(ended.pid));
  expect((await takeWorkRoot(folder)).folder).toBe(join(folder, "work"));
});
