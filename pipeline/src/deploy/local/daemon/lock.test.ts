import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeLock } from "./lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry lock "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("is held by one at a time, until it is released", () => {
  const file = join(folder, "lock");
  const first = takeLock(file);
  expect(first).toBeDefined();
  expect(takeLock(file)).toBeUndefined();
  first?.release();
  const second = takeLock(file);
  expect(second).toBeDefined();
  second?.release();
});

it("is nobody's once its holder was killed", async () => {
  const file = join(folder, "lock");
  const module = new URL("./lock.ts", import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(({ takeLock }) => {
    globalThis.kept = takeLock(process.argv[1]);
    console.log("held");
    setInterval(() => {}, 1000);
  })`;
  const holder = spawn(process.execPath, ["-e", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => holder.once("exit", resolve));
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  expect(takeLock(file)).toBeUndefined();
  holder.kill("SIGKILL");
  await ended;
  const lock = takeLock(file);
  expect(lock).toBeDefined();
  lock?.release();
});
