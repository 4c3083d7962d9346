import { appendFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLog, rotateLog, tailOf } from "./log-files.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry logs "));
  file = join(folder, "deploy.log");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a log", () => {
  it("is empty where there is none", async () => {
    expect(await readLog(file, 0, true)).toEqual({ lines: [], next: 0 });
    expect(await tailOf(file, 5)).toEqual([]);
  });

  it("is read line by line, each once, and a last half line only at the end", async () => {
    await writeFile(file, "one\ntwo\nthr");
    const first = await readLog(file, 0, false);
    expect(first).toEqual({ lines: ["one", "two"], next: 8 });
    await appendFile(file, "ee\nfo");
    const second = await readLog(file, first.next, false);
    expect(second.lines).toEqual(["three"]);
    const last = await readLog(file, second.next, true);
    expect(last.lines).toEqual(["fo"]);
    expect((await readLog(file, last.next, true)).lines).toEqual([]);
  });

  it("keeps empty lines", async () => {
    await writeFile(file, "a\n\nb\n\n");
    expect((await readLog(file, 0, true)).lines).toEqual(["a", "", "b", ""]);
  });

  it("comes in parts where it is long, without losing or doubling a line", async () => {
    const all = Array.from({ length: 30_000 }, (_, index) => `line ${index} ${"x".repeat(20)}`);
    await writeFile(file, `${all.join("\n")}\n`);
    const lines: string[] = [];
    for (let next = 0; ; ) {
      const part = await readLog(file, next, true);
      if (part.lines.length === 0) break;
      lines.push(...part.lines);
      next = part.next;
    }
    expect(lines).toEqual(all);
  });

  it("comes to an end with a line that is longer than a part", async () => {
    await writeFile(file, "x".repeat(600_000));
    let next = 0;
    let length = 0;
    for (let part = await readLog(file, 0, true); part.lines.length > 0; ) {
      length += part.lines.join("").length;
      next = part.next;
      part = await readLog(file, next, true);
    }
    expect(length).toBe(600_000);
  });

  it("shows its last lines", async () => {
    await writeFile(file, "one\ntwo\nthree\n");
    expect(await tailOf(file, 2)).toEqual(["two", "three"]);
  });

  it("is put aside when it is too long, and goes on where it was for who reads it", async () => {
    await writeFile(file, "old line\n".repeat(700_000));
    const { next } = await readLog(file, 6_299_991, false);
    await rotateLog(file);
    expect((await stat(file)).size).toBe(0);
    expect((await stat(`${file}.1`)).size).toBe(6_300_000);
    await appendFile(file, "new line\n");
    expect((await readLog(file, next, false)).lines).toEqual(["new line"]);
  });

  it("is left as it is while it is short", async () => {
    await writeFile(file, "one\n");
    await rotateLog(file);
    expect(await tailOf(file, 5)).toEqual(["one"]);
  });
});
