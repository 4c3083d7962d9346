import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sealEntry, sealOpening } from "./entry.ts";
import { createFileStore } from "./file-store.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry-records-"));
  file = join(folder, "deep", "records.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function opening(key: string) {
  return sealOpening({
    version: 1,
    kind: "deploy",
    environment: "production",
    provider: "local",
    key,
    commit: "1".repeat(40),
    actor: "ada",
    owner: "run",
    at: "2026-11-23T08:00:00Z",
    leaseSeconds: 600,
    before: null,
    previous: null,
  });
}

describe("records in a file", () => {
  it("come back as they were kept, by another reader", async () => {
    const store = createFileStore(file);
    expect(await store.open(opening("a"))).toEqual({ kind: "ok", value: 1 });
    const attempt = { fence: 1, opening: opening("a"), entries: [] };
    const entry = sealEntry(
      { event: "sending" },
      { attempt, by: "0".repeat(8), at: "2026-11-23T08:00:01Z" },
    );
    await store.append(1, entry);
    await store.append(1, entry);
    expect(await createFileStore(file).attempts(5)).toEqual({
      kind: "ok",
      value: [{ fence: 1, opening: opening("a"), entries: [entry] }],
    });
  });

  it("give each attempt a number of its own, many at once, and the same opening the same", async () => {
    const keys = ["a", "b", "c", "d", "e", "a"];
    const opened = await Promise.all(keys.map((key) => createFileStore(file).open(opening(key))));
    const fences = opened.map((one) => (one.kind === "ok" ? one.value : 0));
    expect(new Set(fences.slice(0, 5)).size).toBe(5);
    expect(fences[5]).toBe(fences[0]);
  });

  it("drop half a line that a killed process has left", async () => {
    const store = createFileStore(file);
    await store.open(opening("a"));
    await appendFile(file, '{"kind":"opening","fence":2,"ope');
    expect(await store.open(opening("b"))).toEqual({ kind: "ok", value: 2 });
    expect((await readFile(file, "utf8")).trim().split("\n")).toHaveLength(2);
  });

  it("are refused where a whole line is not a record", async () => {
    const store = createFileStore(file);
    await store.open(opening("a"));
    await writeFile(file, "hello\n");
    expect(await store.attempts(5)).toMatchObject({ kind: "malformed" });
    expect(await store.open(opening("b"))).toMatchObject({ kind: "malformed" });
  });

  it("are lost, not thrown, where the disk says no", async () => {
    await writeFile(join(folder, "deep"), "a file where a folder should be");
    expect(await createFileStore(file).open(opening("a"))).toMatchObject({ kind: "lost" });
  });
});
