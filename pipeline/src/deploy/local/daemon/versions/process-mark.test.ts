import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { isRunning, markOf } from "./process-mark.ts";

it("knows a process by its number and its beginning, for as long as it runs", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const mark = markOf(child.pid ?? 0);
  expect(mark).toBeDefined();
  if (!mark) return;
  expect(isRunning(mark)).toBe(true);
  expect(isRunning({ ...mark, began: "another time" })).toBe(false);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(isRunning(mark)).toBe(false);
  expect(markOf(mark.pid)).toBeUndefined();
});
