import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, test } from "vitest";
import { plannedStep } from "../../../test/builders/plan.ts";
import { scratchFolder, scratchRepository } from "../../../test/builders/repository.ts";
import type { Receipt, ReceiptRequest } from "../../execute/receipts/receipt.ts";
import type { Source } from "../source/source.ts";
import type { ToolsResult } from "../tools.ts";
import { createReceipts, type ShelfRequest } from "./receipts.ts";

const source: Source = {
  root: "/repository",
  files: [],
  hash: "git-tree:1",
  commit: "c1",
  branch: "main",
  warnings: [],
};
const tools = (version: string): ToolsResult => ({
  ok: true,
  tools: { path: ["/bin"], versions: { node: version } },
});
const wanted: ReceiptRequest = {
  inputs: {
    stage: "unit-tests",
    steps: [plannedStep("unit")],
    toolchains: { backend: { kind: "node", tools: {} } },
  },
  files: ["logs/unit-tests/unit.log", "artifacts/unit-tests/unit"],
};
const earned: Receipt = {
  version: 1,
  earnedBy: { run: "run-1", commit: "c1", at: "2026-11-23T09:30:00Z" },
  step: {
    id: "unit",
    title: "unit",
    kind: "exec",
    outcome: "passed",
    blocking: true,
    seconds: 3,
    findings: [],
  },
};

let folder: string;
let first: string;
let second: string;

beforeEach(async () => {
  [folder, first, second] = await Promise.all([scratchFolder(), scratchFolder(), scratchFolder()]);
  await mkdir(join(first, "logs/unit-tests"), { recursive: true });
  await mkdir(join(first, "artifacts/unit-tests/unit/htmlcov"), { recursive: true });
  await writeFile(join(first, "logs/unit-tests/unit.log"), "2 passed\n");
  await writeFile(join(first, "artifacts/unit-tests/unit/htmlcov/index.html"), "<p>");
});

function receipts(more: Partial<ShelfRequest> = {}) {
  return createReceipts({
    source,
    core: "bin-1.cjs",
    shed: { find: async () => tools("24.0.0") },
    machine: { PATH: "/bin" },
    folder,
    runFolder: second,
    hashNow: async () => (more.source ?? source).hash,
    now: () => new Date("2026-11-23T10:00:00Z"),
    ...more,
  });
}

async function keep(): Promise<void> {
  await receipts({ runFolder: first }).keep([{ ...wanted, receipt: earned }]);
}

/** The folder of the only receipt. */
async function kept(): Promise<string> {
  const [shelf = ""] = await readdir(folder);
  const [key = ""] = await readdir(join(folder, shelf));
  return join(folder, shelf, key);
}

describe("a receipt", () => {
  test("comes back with the files that the step had left", async () => {
    expect(await receipts().find(wanted)).toBeUndefined();
    await keep();
    expect(await receipts().find(wanted)).toEqual(earned);
    expect(await readdir(second)).toEqual([]);
    expect(await receipts().lay(wanted)).toBe(true);
    expect(await readFile(join(second, "logs/unit-tests/unit.log"), "utf8")).toBe("2 passed\n");
    const html = join(second, "artifacts/unit-tests/unit/htmlcov/index.html");
    expect(await readFile(html, "utf8")).toBe("<p>");
  });

  test("is a copy: what later happens to the run's folder does not reach it", async () => {
    await keep();
    await writeFile(join(first, "logs/unit-tests/unit.log"), "overwritten");
    await receipts().lay(wanted);
    expect(await readFile(join(second, "logs/unit-tests/unit.log"), "utf8")).toBe("2 passed\n");
  });

  test("is laid beside others into one run's folder at the same time", async () => {
    const steps = Array.from({ length: 8 }, (_, n) => `unit-${n}`);
    const requests = steps.map((id) => ({
      inputs: { ...wanted.inputs, steps: [plannedStep(id)] },
      files: [`logs/unit-tests/${id}.log`, `artifacts/unit-tests/${id}`],
    }));
    for (const [n, id] of steps.entries()) {
      await writeFile(join(first, `logs/unit-tests/${id}.log`), id);
      await receipts({ runFolder: first }).keep([
        { ...(requests[n] as ReceiptRequest), receipt: earned },
      ]);
    }
    const laid = await Promise.all(requests.map((request) => receipts().lay(request)));
    expect(laid.every(Boolean)).toBe(true);
    expect((await readdir(join(second, "logs/unit-tests"))).length).toBe(8);
  });
});

describe("no receipt for", () => {
  test.each<[string, Partial<ShelfRequest>]>([
    ["another source", { source: { ...source, hash: "git-tree:2" } }],
    ["another repository with the same files", { source: { ...source, root: "/other" } }],
    ["another Gantry", { core: "bin-2.cjs" }],
    ["another version of a tool", { shed: { find: async () => tools("24.0.1") } }],
    ["another PATH", { machine: { PATH: "/usr/bin" } }],
    ["another package index", { machine: { PATH: "/bin", UV_INDEX_URL: "https://other" } }],
    ["a tool that is not there", { shed: { find: async () => lacking } }],
    ["a week later", { now: () => new Date("2026-11-30T09:30:00Z") }],
    ["a time before it was earned", { now: () => new Date("2026-11-23T09:29:59Z") }],
  ])("%s", async (_, changed) => {
    await keep();
    expect(await receipts().find(wanted)).toBeDefined();
    expect(await receipts(changed).find(wanted)).toBeUndefined();
  });

  test("a change in what its steps see, and one for any other", async () => {
    const file = (path: string, id: string) => ({ path, id, kind: "file" as const });
    const steps = [plannedStep("unit", { inputs: { only: ["web"], history: false } })];
    const narrow = { ...wanted, inputs: { ...wanted.inputs, steps } };
    const at = (hash: string, ...files: Source["files"]) => ({
      source: { ...source, hash, files },
    });
    const before = at("git-tree:1", file("web/a.ts", "1"), file("api.py", "1"));
    await receipts({ ...before, runFolder: first }).keep([{ ...narrow, receipt: earned }]);
    const beside = at("git-tree:2", file("web/a.ts", "1"), file("api.py", "2"));
    expect(await receipts(beside).find(narrow)).toBeDefined();
    const within = at("git-tree:3", file("web/a.ts", "2"), file("api.py", "1"));
    expect(await receipts(within).find(narrow)).toBeUndefined();
    const more = at("git-tree:4", file("web/a.ts", "1"), file("web/b.ts", "1"));
    expect(await receipts(more).find(narrow)).toBeUndefined();
    const all = { ...narrow.inputs, steps: [...steps, plannedStep("all")] };
    await receipts({ ...before, runFolder: first }).keep([
      { ...narrow, inputs: all, receipt: earned },
    ]);
    expect(await receipts(beside).find({ ...narrow, inputs: all })).toBeUndefined();
  });

  test("another history, for a step that looks there", async () => {
    const { root } = await scratchRepository({ "a.py": "1" });
    const git = (...args: string[]) => execa("git", args, { cwd: root });
    const steps = [plannedStep("unit", { inputs: { history: true } })];
    const looking = { ...wanted, inputs: { ...wanted.inputs, steps } };
    const here = { source: { ...source, root } };
    await receipts({ ...here, runFolder: first }).keep([{ ...looking, receipt: earned }]);
    await receipts({ ...here, runFolder: first }).keep([{ ...wanted, receipt: earned }]);
    expect(await receipts(here).find(looking)).toBeDefined();
    await git("tag", "v1.0.0");
    expect(await receipts(here).find(looking)).toBeUndefined();
    expect(await receipts(here).find(wanted)).toBeDefined();
    const nowhere = { source: { ...source, root: first } };
    await receipts({ ...nowhere, runFolder: first }).keep([{ ...looking, receipt: earned }]);
    expect(await receipts(nowhere).find(looking)).toBeUndefined();
  });

  test("other inputs", async () => {
    await keep();
    const inputs = { ...wanted.inputs, steps: [plannedStep("unit", { argv: ["other"] })] };
    expect(await receipts().find({ ...wanted, inputs })).toBeUndefined();
  });
});

const lacking: ToolsResult = { ok: false, reason: "gone", mend: "bring it" };

describe("what happens to receipts", () => {
  test.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, -20)],
    ["empty", () => ""],
    ["changed by one letter", (text) => text.replace('"seconds":3', '"seconds":2')],
    ["of another form", () => "{}"],
    ["no text", () => "\u0000\uFFFD"],
  ])("a receipt that is %s is none", async (_, spoil) => {
    await keep();
    const file = join(await kept(), "receipt.json");
    await writeFile(file, spoil(await readFile(file, "utf8")));
    expect(await receipts().find(wanted)).toBeUndefined();
    await keep();
    expect(await receipts().find(wanted)).toEqual(earned);
  });

  test.each([
    ["has changed under the run", "git-tree:2"],
    ["can no longer be read", undefined],
  ])("nothing is kept where the source %s", async (_, hash) => {
    const changed = receipts({ runFolder: first, hashNow: async () => hash });
    await changed.keep([{ ...wanted, receipt: earned }]);
    expect(await receipts().find(wanted)).toBeUndefined();
  });

  test("nowhere to keep them is no failure", async () => {
    await writeFile(join(folder, "file"), "");
    const nowhere = receipts({ folder: join(folder, "file"), runFolder: first });
    await nowhere.keep([{ ...wanted, receipt: earned }]);
    expect(await nowhere.find(wanted)).toBeUndefined();
  });

  test("what is too large is not kept, and leaves nothing behind", async () => {
    await writeFile(join(first, "logs/unit-tests/unit.log"), Buffer.alloc(17 * 1024 * 1024));
    await keep();
    expect(await receipts().find(wanted)).toBeUndefined();
  });

  test("what is older than a week goes when the next is kept", async () => {
    await keep();
    const old = await kept();
    await utimes(old, new Date(), new Date("2026-11-01T00:00:00Z"));
    const inputs = { ...wanted.inputs, steps: [plannedStep("other")] };
    await receipts({ runFolder: first }).keep([{ ...wanted, inputs, receipt: earned }]);
    expect(await kept()).not.toBe(old);
    expect(await receipts().find(wanted)).toBeUndefined();
  });

  test("only its owner reads them", async () => {
    await keep();
    expect((await stat(await kept())).mode & 0o077).toBe(0);
  });
});
