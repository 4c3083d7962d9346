import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileStore } from "../../src/deploy/records/file-store.ts";
import { type Dashboard, dashboard } from "../../src/report/dashboard/dashboard.ts";
import { provenEvents, restoredEvents, writeAttempts } from "../builders/records.ts";
import { createTiny, gantry, type Scratch } from "./scratch.ts";

const environments = {
  production: { provider: "local", branch: "main" },
  staging: { provider: "railway", branch: "develop" },
};
const noGithub = { GITHUB_TOKEN: "", GITHUB_REPOSITORY: "" };

describe("gantry dashboard", { timeout: 120_000 }, () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await createTiny({ run: "node -e 0" }, {}, { environments });
  });
  afterAll(() => scratch.remove());

  const ask = (...args: string[]) => gantry(["dashboard", "-C", scratch.folder, ...args], noGithub);
  const asked = async (...args: string[]): Promise<Dashboard> => {
    const { exit, stdout, stderr } = await ask("--json", ...args);
    expect(exit, stderr).toBe(0);
    return dashboard.parse(JSON.parse(stdout));
  };

  it("of a repository in which nothing ran yet has no numbers, and ends well", async () => {
    const { exit, stdout } = await ask();
    expect(exit).toBe(0);
    expect(stdout).toContain("not enough: 0 of 5 runs");
    expect(stdout).toContain("? staging: GITHUB_TOKEN is not set");
    expect(stdout).not.toContain("Infinity");
  });

  it("measures real runs and the record of a local environment", async () => {
    const run = await gantry(["ci", "-C", scratch.folder, "--event", "push"]);
    expect(run.exit, run.stderr).toBe(0);
    const commit = (await execa("git", ["rev-parse", "HEAD"], { cwd: scratch.folder })).stdout;
    const file = join(scratch.folder, ".gantry/environments/production/records.jsonl");
    const begun = Date.now() - 9 * 24 * 3600 * 1000;
    await writeAttempts(
      createFileStore(file),
      Array.from({ length: 12 }, (_, index) => ({
        at: new Date(begun + index * 3_600_000).toISOString(),
        commit,
        before: index > 0 ? { id: `d${index - 1}` } : null,
        events:
          index % 4 === 3 ? restoredEvents(`d${index}`, "d0", 100) : provenEvents(`d${index}`, 200),
      })),
    );

    const { metrics, runs, environments: read, read: source } = await asked();
    const metric = (id: string) => metrics.find((one) => one.id === id);
    expect(source).toMatchObject({ runs: 1, leftOut: [] });
    expect(metric("build-duration")).toMatchObject({ count: 1, holds: "unknown" });
    expect(metric("deployment-time")).toMatchObject({ count: 12, value: 200, holds: "yes" });
    expect(metric("deployment-success")).toMatchObject({ count: 12, value: 75, holds: "no" });
    expect(metric("deployment-frequency")).toMatchObject({ count: 9, value: 1 });
    expect(metric("change-failure-rate")).toMatchObject({ count: 12, value: 25 });
    expect(metric("time-to-restore")).toMatchObject({ count: 3, value: 50 });
    // The one commit was made after its deployment: these records are older than the repository.
    expect(metric("lead-time")).toMatchObject({
      count: 0,
      apart: [{ why: "ended before it began: clocks that disagree", count: 1 }],
    });
    expect(read).toMatchObject([
      { name: "production", attempts: 12, proven: 9, failed: 3, breaks: 0 },
      { name: "staging", unavailable: expect.stringContaining("GITHUB_TOKEN is not set") },
    ]);

    const page = join(scratch.folder, ".gantry", "dashboard.html");
    const link = /href="(runs\/[^"]+\/report\.html)"/.exec(await readFile(page, "utf8"))?.[1] ?? "";
    expect(link).toBe(runs[0]?.report);
    expect(await readFile(join(dirname(page), decodeURIComponent(link)), "utf8")).toContain(
      "<html",
    );
  });

  it("writes the page where it is told, with links from there", async () => {
    const page = join(scratch.folder, "out", "deep", "page.html");
    const { runs } = await asked("--output", page, "--env", "staging");
    const link = runs[0]?.report ?? "";
    expect(link).toMatch(/^\.\.\/\.\.\/\.gantry\/runs\//);
    await readFile(join(dirname(page), link));
    expect(await readFile(page, "utf8")).toContain("Deployments to staging");
  });

  it("counts a run that was only half written, and goes on", async () => {
    const half = join(scratch.folder, ".gantry", "runs", "half");
    await mkdir(half);
    await writeFile(join(half, "run.json"), '{"version": 1, "id"');
    const { read } = await asked();
    expect(read.leftOut).toEqual([{ why: "no JSON: damaged, or only half written", count: 1 }]);
    expect(read.runs).toBe(1);
  });

  it("refuses by name what it cannot do", async () => {
    const unknown = await ask("--env", "prodution", "--json");
    expect(unknown.exit).toBe(2);
    expect(unknown.stdout).toContain("GANTRY-ENVIRONMENT-UNKNOWN");
    expect((await ask("--since", "yesterday")).exit).toBe(2);
    for (const place of [scratch.folder, join(scratch.folder, "package.json", "page.html")]) {
      const { exit, stderr } = await ask("--output", place);
      expect(exit).toBe(2);
      expect(stderr).toContain("that is no place for a file");
    }
  });
});
