import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stateJson } from "../../src/report/state.ts";
import { baseArtifact } from "../builders/base-artifact.ts";
import { type Repository, scratchFolder, scratchRepository } from "../builders/repository.ts";
import { coverage, samplePlan, sampleTrigger } from "../builders/run.ts";
import { greenRun, redRun } from "../builders/sample-runs.ts";
import { unitTests } from "../builders/stages.ts";
import { say } from "../builders/terminal.ts";
import { addIssue } from "../stand-ins/github/world/issues.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { eachWithGithub } from "./stand-in-world.ts";

/** A branch that adds a line and changes one, in a file with lines that no test runs. */
async function changed(): Promise<Repository & { readonly commitId: string }> {
  const repository = await scratchRepository({ "src/a.py": "one\ntwo\nthree\n" });
  await repository.git("checkout", "--quiet", "-b", "feature/voice");
  await repository.write("src/a.py", "one\n2\nthree\nfour\n");
  await repository.commit();
  return { ...repository, commitId: await repository.git("rev-parse", "HEAD") };
}

describe("gantry comment", { timeout: 30_000 }, () => {
  const world = eachWithGithub();

  function environment(token: "read" | "write" | "" = "write") {
    const { address, options } = world().github.world;
    return {
      GITHUB_API_URL: address,
      GITHUB_REPOSITORY: "octo/rose",
      GITHUB_TOKEN: token && options.tokens[token],
    };
  }

  function pull(): { readonly number: number; readonly bodies: () => string[] } {
    const issue = addIssue(world().github.world, {
      title: "feat: voice",
      labels: [],
      author: "ada",
      pull: undefined,
    });
    return { number: issue.number, bodies: () => issue.comments.map(({ body }) => body) };
  }

  async function saved(repository: Repository, run = greenRun()): Promise<string> {
    await repository.write(".gantry/runs/latest/run.json", JSON.stringify(run));
    return join(repository.root, ".gantry/runs/latest");
  }

  it("writes the comment, with the change's uncovered lines and the base's coverage", async () => {
    const repository = await changed();
    const { number, bodies } = pull();
    const trigger = sampleTrigger({
      base: "main",
      commit: repository.commitId,
      pullRequest: { number, title: "feat: voice" },
    });
    const missing = [{ file: "src/a.py", lines: [1, 2, 4], total: 4 }];
    const stages = [{ ...unitTests(), coverage: coverage({ missing }), steps: [] }];
    await saved(repository, greenRun({ plan: samplePlan({ trigger }), stages }));
    const before = greenRun({ stages: [{ ...unitTests(), coverage: coverage({ percent: 70 }) }] });
    await repository.write("base/state.json", JSON.stringify(stateJson(before)));
    const scope = { cwd: repository.root, env: environment() };
    const first = await say(["comment", "--base-run", "base", "--json"], scope);
    expect(first.exit).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ kind: "created", body: bodies()[0] });
    expect(bodies()[0]).toContain("| 75.2% (+5.2) |");
    expect(bodies()[0]).toContain("2 lines of this change that no test runs");
    expect(bodies()[0]).toContain("`src/a.py:2` 2: 2, 4");
    const again = await say(["comment", "latest"], scope);
    expect(again.stderr).toContain(
      "the comment is up to date: https://github.com/octo/rose/issues",
    );
    expect(bodies()).toHaveLength(1);
  });

  it("compares with the base's own run on GitHub, which nobody hands in", async () => {
    const repository = await changed();
    const { number, bodies } = pull();
    const began = await repository.git("rev-parse", "main");
    const { world: there } = world().github;
    addRun(there, { branch: "main", sha: began, artifacts: [baseArtifact(70)] });
    addRun(there, { branch: "main", sha: "f".repeat(40), artifacts: [baseArtifact(60)] });
    const trigger = sampleTrigger({
      base: "main",
      commit: repository.commitId,
      pullRequest: { number, title: "feat: voice" },
    });
    const stages = [{ ...unitTests(), coverage: coverage({ percent: 75.2 }) }];
    await saved(repository, greenRun({ plan: samplePlan({ trigger }), stages }));
    const scope = { cwd: repository.root, env: environment() };
    expect((await say(["comment"], scope)).exit).toBe(0);
    expect(bodies()[0]).toContain("| 75.2% (+5.2) |");
    expect(bodies()[0]).toContain(
      `Coverage is compared with \`main\` at \`${began.slice(0, 12)}\`.`,
    );
    there.workflowRuns.shift();
    const newest = (await say(["comment", "--dry-run"], scope)).stdout;
    expect(newest).toContain("| 75.2% (+15.2) |");
    expect(newest).toContain("at `ffffffffffff`, its newest green run");
    await say(["comment", "--base-run", "nowhere"], scope);
    expect(bodies()[0]).toContain(
      "Coverage is not compared: the base's run.json or state.json is not there",
    );
  });

  it("asks GitHub for no base where nothing was measured, or no pull request is meant", async () => {
    const repository = await changed();
    const { base: _, pullRequest: __, ...pushed } = sampleTrigger({ event: "push" });
    const bare = [{ ...unitTests(), steps: [] }].map(({ coverage: _none, ...stage }) => stage);
    const runs = [greenRun({ stages: bare }), greenRun({ plan: samplePlan({ trigger: pushed }) })];
    for (const run of runs) {
      await saved(repository, run);
      const scope = { cwd: repository.root, env: environment() };
      const { stdout } = await say(["comment", "--dry-run"], scope);
      expect(stdout).toContain("## ✓ Passed");
      expect(stdout).not.toContain("compared");
    }
    expect(world().github.requests).toEqual([]);
  });

  it("writes the comment all the same where the base cannot be read", async () => {
    const repository = await changed();
    const { number, bodies } = pull();
    const { faults } = world().github;
    faults.arm("actions/list-workflow-runs", { name: "status", status: 403 }, { times: 9 });
    await saved(repository);
    const scope = { cwd: repository.root, env: environment() };
    const said = await say(["comment", "--pr", String(number)], scope);
    expect(said).toMatchObject({ exit: 0, stderr: expect.stringContaining("is written") });
    expect(bodies()[0]).toContain("| 75.2% |");
    expect(bodies()[0]).toContain(
      "Coverage is not compared: GitHub does not accept the token for this: Made to answer 403; it needs `actions: read`.",
    );
  });

  it.each([
    ["read", "the token of a fork's workflow may only read"],
    ["", "GITHUB_TOKEN is not set"],
  ] as const)("with the token %j says it in the job summary", async (token, why) => {
    const repository = await scratchRepository({ "a.md": "a" });
    const { number, bodies } = pull();
    const plan = samplePlan({ trigger: sampleTrigger({ fork: true }) });
    const folder = await saved(repository, redRun({ plan }));
    const summary = join(await scratchFolder(), "summary.md");
    const words = ["comment", folder, "--pr", String(number)];
    const env = { ...environment(token), GITHUB_STEP_SUMMARY: summary };
    const said = await say(words, { cwd: repository.root, env });
    expect(said).toMatchObject({ exit: 0, stdout: "" });
    expect(said.stderr).toContain(why);
    expect(said.stderr).toContain("it stands in the job summary instead");
    expect(await readFile(summary, "utf8")).toContain("## ✗ Failed: code-quality");
    expect(bodies()).toEqual([]);
  });

  it("prints the verdict where there is no job summary either", async () => {
    const repository = await scratchRepository({ "a.md": "a" });
    const plan = samplePlan({ trigger: sampleTrigger({ event: "push" }) });
    const { pullRequest: _, ...trigger } = plan.trigger;
    const folder = await saved(repository, redRun({ plan: { ...plan, trigger } }));
    const said = await say(["comment", folder], { cwd: repository.root, env: environment() });
    expect(said.exit).toBe(0);
    expect(said.stdout).toContain("## ✗ Failed: code-quality");
    expect(said.stderr).toContain("the run was for no pull request; `--pr` names one");
  });

  it("links a run that an engine made to the job that has it", async () => {
    const repository = await scratchRepository({ "a.md": "a" });
    const folder = await saved(repository, greenRun({ id: "4711-2" }));
    const link = "[the run](https://github.com/octo/rose/actions/runs/4711)";
    const job = { ...environment(), GITHUB_SERVER_URL: "https://github.com" };
    const dry = async (GITHUB_RUN_ID: string) => {
      const env = { ...job, GITHUB_RUN_ID };
      return (await say(["comment", folder, "--dry-run"], { cwd: repository.root, env })).stdout;
    };
    expect(await dry("4711")).toContain(link);
    expect(await dry("4712")).not.toContain("[the run]");
  });

  it("takes the number from GitHub's event", async () => {
    const repository = await scratchRepository({ "a.md": "a" });
    const { number, bodies } = pull();
    const { pullRequest: _, ...trigger } = sampleTrigger();
    const folder = await saved(repository, greenRun({ plan: samplePlan({ trigger }) }));
    await repository.write("event.json", JSON.stringify({ pull_request: { number } }));
    const env = { ...environment(), GITHUB_EVENT_PATH: join(repository.root, "event.json") };
    await say(["comment", folder], { cwd: repository.root, env });
    expect(bodies()).toHaveLength(1);
  });

  it("refuses what is no run, and what is no number", async () => {
    const repository = await scratchRepository({ "a.md": "a" });
    const scope = { cwd: repository.root, env: environment() };
    expect(await say(["comment", "nothing"], scope)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("GANTRY-RUN-NOT-FOUND"),
    });
    expect(await say(["comment", "--pr", "0x1"], scope)).toMatchObject({ exit: 2 });
  });
});
