import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { findBetterleaks } from "../../src/host/tools/betterleaks.ts";
import { createToolShed } from "../../src/host/tools.ts";
import type { PullRequestReport } from "../../src/pull-request/finding.ts";
import { type Planted, plant } from "../corpora/plant.ts";
import { createTiny, type GantryEnd, gantry, root, type Scratch, stageOf } from "./scratch.ts";

const ignored = { ".gitignore": ".env\n.gantry/\n", "README.md": "# tiny\n" };

const tools = join(root, ".gantry", "tools");
await mkdir(tools, { recursive: true });
const scanner = await findBetterleaks({
  folder: tools,
  machine: process.env,
  shed: createToolShed(tools, process.env),
  note: () => undefined,
});
const why = scanner.ok ? "" : `: no scanner, ${scanner.reason}`;

async function branch(scratch: Scratch, name: string, files: Record<string, string>) {
  const git = (...args: string[]) => execa("git", args, { cwd: scratch.folder });
  await git("checkout", "--quiet", "-B", name, "main");
  for (const [file, text] of Object.entries(files)) await scratch.write(file, text);
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message", "feat: change");
}

async function checks(scratch: Scratch, ...args: string[]) {
  const end = await gantry(["pr-checks", "-C", scratch.folder, "--json", ...args]);
  return { ...end, report: JSON.parse(end.stdout) as PullRequestReport };
}

describe.skipIf(!scanner.ok)(`gantry pr-checks${why}`, { timeout: 120_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await createTiny({ run: "node --test" }, ignored);
  }, 120_000);
  afterAll(() => scratch.remove());

  it("is green where nothing is wrong, and says that there is no title", async () => {
    await branch(scratch, "feature/fine", { "a.txt": "a\n" });
    const { exit, report } = await checks(scratch);
    expect(report).toMatchObject({
      verdict: "passed",
      findings: [],
      notChecked: [{ check: "title" }],
    });
    expect(exit).toBe(0);
  });

  it("runs nothing of a hostile title or branch, and shows it in one line", async () => {
    await branch(scratch, "feature/fine", { "a.txt": "a\n" });
    const title = "$(touch never) `touch never`\n::error::\u202e\u001b[31m";
    const { exit, report, stderr } = await checks(
      ...([scratch, "--title", title, "--branch=--upload-pack=touch never"] as const),
    );
    expect(exit).toBe(1);
    expect(report.findings.map(({ check }) => check)).toEqual(["title", "branch"]);
    expect(stderr).toBe("");
    expect(await readdir(scratch.folder)).not.toContain("never");
    const text = await gantry(["pr-checks", "-C", scratch.folder, "--title", title]);
    expect(text.stdout).not.toMatch(/^::/m);
    expect(text.stdout).not.toContain("\u202e");
    expect(text.stdout).not.toContain("\u001b");
  });

  it("ends with 3 where the base is not there", async () => {
    await branch(scratch, "feature/fine", {});
    const { exit, report } = await checks(scratch, "--base", "nowhere");
    expect(report.verdict).toBe("unknown");
    expect(exit).toBe(3);
  });

  it("takes the title from GitHub's event", async () => {
    await branch(scratch, "feature/fine", {});
    const { stdout: sha } = await execa("git", ["rev-parse", "HEAD"], { cwd: scratch.folder });
    const repo = { full_name: "own/tiny" };
    const event = {
      pull_request: {
        number: 1,
        title: "stuff",
        head: { ref: "feature/fine", sha, repo },
        base: { ref: "main", sha, repo },
      },
    };
    await scratch.write(".git/event.json", JSON.stringify(event));
    const file = join(scratch.folder, ".git", "event.json");
    const { report } = await checks(scratch, "--github-event", file);
    expect(report.findings).toMatchObject([{ check: "title" }]);
  });
});

describe.skipIf(!scanner.ok)(`pr-checks as a stage${why}`, { timeout: 120_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await createTiny({ run: "node --test" }, ignored);
  }, 120_000);
  afterAll(() => scratch.remove());

  const run = async (...args: string[]): Promise<{ end: GantryEnd; run: Run }> => {
    const words = ["run", "pr-checks", "-C", scratch.folder, "--on", "host", "--json"];
    const end = await gantry([...words, ...args]);
    return { end, run: JSON.parse(end.stdout) as Run };
  };

  it("does not make a laptop red for want of a title", async () => {
    await branch(scratch, "feature/fine", { "a.txt": "a\n" });
    const { end, run: ended } = await run();
    expect(stageOf(ended, "pr-checks")).toMatchObject({ outcome: "passed", notChecked: ["title"] });
    expect(end.exit).toBe(0);
  });

  it("is red with findings, their places and mends, in run.json and on the screen", async () => {
    await branch(scratch, "wrong", { "left.txt": "<<<<<<< a\n=======\n>>>>>>> b\n" });
    const { end, run: ended } = await run();
    expect(end.exit).toBe(1);
    expect(stageOf(ended, "pr-checks").findings).toMatchObject([
      { file: "", line: 0, rule: "branch", severity: "error" },
      { file: "left.txt", line: 1, rule: "conflict-markers", mend: expect.any(String) },
      { file: "left.txt", line: 3, rule: "conflict-markers" },
    ]);
    expect(end.stderr).toContain("left.txt:1");
    expect(end.stderr).toContain("mend: keep the right lines");
  });

  it("is left out on the base itself, with the reason", async () => {
    await execa("git", ["checkout", "--quiet", "main"], { cwd: scratch.folder });
    const { run: ended } = await run();
    expect(stageOf(ended, "pr-checks")).toMatchObject({
      outcome: "skipped",
      reason: expect.stringContaining("is the base itself"),
    });
  });
});

describe.skipIf(!scanner.ok)(`secrets in a branch${why}`, { timeout: 120_000 }, () => {
  let scratch: Scratch;
  let planted: Planted;
  let end: GantryEnd;
  beforeAll(async () => {
    scratch = await createTiny({ run: "node --test" }, ignored);
    await rm(join(scratch.folder, ".git"), { recursive: true });
    planted = await plant(scratch.folder);
    const words = ["run", "pr-checks", "-C", scratch.folder, "--on", "host", "--json", "--verbose"];
    end = await gantry(words);
  }, 120_000);
  afterAll(() => scratch.remove());

  it("are found wherever they hide, and nothing harmless with them", () => {
    const { findings } = stageOf(JSON.parse(end.stdout) as Run, "pr-checks");
    const found = new Set(
      findings
        .filter(({ rule }) => rule?.startsWith("secrets/"))
        .map(({ file }) => file || "message"),
    );
    const missed = [...planted.secrets].filter(([place]) => !found.has(place));
    expect([...found].filter((place) => planted.harmless.includes(place))).toEqual([]);
    expect(missed.filter(([, kind]) => !/Twilio|Datadog|AWS secret/.test(kind))).toEqual([]);
    expect(found.size / planted.secrets.size).toBeGreaterThan(0.95);
  });

  it.each([
    ["color.ui", "always"],
    ["diff.noprefix", "true"],
    ["diff.orderFile", "/nowhere"],
    ["diff.external", "/bin/true"],
  ])("are found also where the repository says %s=%s", async (key, value) => {
    await execa("git", ["config", key, value], { cwd: scratch.folder });
    const scan = await gantry(["secrets", "scan", "-C", scratch.folder, "--json"]);
    await execa("git", ["config", "--unset", key], { cwd: scratch.folder });
    const { findings } = JSON.parse(scan.stdout) as PullRequestReport;
    expect(findings.length).toBeGreaterThanOrEqual(planted.secrets.size * 0.95);
  });

  it("stand nowhere in output, logs and reports", async () => {
    const runs = join(scratch.folder, ".gantry", "runs");
    const entries = await readdir(runs, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    texts.push(end.stdout, end.stderr);
    expect(texts.length).toBeGreaterThan(5);
    for (const value of planted.values) {
      expect(texts.filter((text) => text.includes(value)).length, value.slice(0, 8)).toBe(0);
    }
  });

  it("are found in history too, by their own word", async () => {
    const history = await gantry(["secrets", "scan", "--history", "-C", scratch.folder, "--json"]);
    const { findings } = JSON.parse(history.stdout) as PullRequestReport;
    expect(history.exit).toBe(1);
    expect(findings.map(({ file }) => file)).toContain("past/a.py");
  });

  it("count no more where they are accepted, with reason and day", async () => {
    const file = join(scratch.folder, "gantry.yaml");
    const config = JSON.parse(await readFile(file, "utf8")) as object;
    const accepted = ["plain/", "keys/", "stores/", "past/", "encoded/"].map((folder) => ({
      check: "secrets",
      file: folder,
      reason: "made up for this test",
      until: "2999-12-31",
    }));
    await scratch.write("gantry.yaml", JSON.stringify({ ...config, accepted }, null, 2));
    const scan = await gantry(["secrets", "scan", "-C", scratch.folder, "--json"]);
    const report = JSON.parse(scan.stdout) as PullRequestReport;
    expect(report.accepted.length).toBeGreaterThan(90);
    expect(report.findings.map((found) => found.file).toSorted()).toEqual(
      ["hidden/attribute.py", "marked/a.py", "merged.txt", "zero/byte.py", undefined].toSorted(),
    );
  });
});
