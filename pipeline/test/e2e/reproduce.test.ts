import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { ExecStep } from "../../src/plan/step.ts";
import { snapshot } from "../builders/repository.ts";
import { zipOf } from "../builders/zip.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { createTiny, type GantryEnd, gantry, type Scratch, withoutDocker } from "./scratch.ts";

/** Fails by name as the file `broken` says, and writes what it finds as JUnit. */
const suite = `
import { readFileSync, writeFileSync } from "node:fs";
const broken = readFileSync("broken", "utf8").split(/\\s+/).filter(Boolean);
const cases = ["adds", "holds", "ends"].map((name) => {
  const failure = broken.includes(name) ? '<failure message="' + name + ' is broken"/>' : "";
  return '<testcase classname="tiny" name="' + name + '">' + failure + "</testcase>";
});
writeFileSync("report.xml", "<testsuites><testsuite>" + cases.join("") + "</testsuite></testsuites>");
if (process.env.WAIT_HERE) { console.log("waiting"); setInterval(() => {}, 1000); }
else process.exitCode = broken.length > 0 ? 1 : 0;
`;

interface Told {
  readonly result: string;
  readonly exit: number;
  readonly here: Run & { readonly folder: string };
  readonly [more: string]: unknown;
}

/** The plan with other words in the steps that test. */
function withTests(plan: Plan, more: Partial<ExecStep>): Plan {
  const stages = plan.stages.map((stage) => ({
    ...stage,
    steps: stage.steps.map((step) =>
      step.kind === "exec" && step.id === "tiny/unit" ? { ...step, ...more } : step,
    ),
  }));
  return { ...plan, stages };
}

describe("gantry reproduce", { timeout: 180_000 }, () => {
  let scratch: Scratch;
  let github: GithubStandIn;
  let red: Run;
  const runId = 4711;
  const git = (...args: string[]) => execa("git", args, { cwd: scratch.folder });

  beforeAll(async () => {
    github = await startGithub();
    scratch = await createTiny(
      { run: "node suite.mjs" },
      { "suite.mjs": suite, broken: "adds holds\n", ".gitignore": "report.xml\n" },
    );
    await git("remote", "add", "origin", "https://github.com/octo/rose.git");
    red = await runThere();
    await scratch.write("broken", "\n");
    await git("commit", "--quiet", "--all", "--message", "fix: all of it");
    await scratch.write("notes.txt", "what I am at");
  }, 180_000);
  afterAll(async () => {
    await scratch.remove();
    await github.close();
  });

  /** What the job on GitHub leaves: its run is made in a clone of its own. */
  async function runThere(): Promise<Run> {
    const clone = join(scratch.folder, ".git", "there");
    await git("clone", "--quiet", scratch.folder, clone);
    const there = { GITHUB_RUN_ID: String(runId), GITHUB_RUN_ATTEMPT: "2" };
    const event = ["-C", clone, "--event", "push", "--branch", "main", "--json"];
    const planned = JSON.parse((await gantry(["plan", ...event], there)).stdout) as Plan;
    const leaves = [{ format: "junit", path: "report.xml", artifact: "report.xml" } as const];
    const plan = join(scratch.folder, ".git", "plan.json");
    await scratch.write(".git/plan.json", JSON.stringify(withTests(planned, { leaves })));
    const end = await gantry(["ci", ...event, "--plan", plan], there);
    expect(end.exit, end.stderr).toBe(1);
    const run = JSON.parse(end.stdout) as Run;
    expect(run.id).toMatch(/^github-4711-2-/);
    keep(run, { id: runId });
    return run;
  }

  function keep(run: Run, more: Partial<Parameters<typeof addRun>[1]> = {}) {
    const content = zipOf([
      { name: "logs/unit-tests/unit.log", content: "a log" },
      { name: "run.json", content: JSON.stringify(run) },
    ]);
    const artifacts = [{ name: "test-results", content }];
    const { commit: sha } = run.plan.trigger;
    const plain = { branch: "main", sha, conclusion: "failure", attempt: 2, artifacts };
    return addRun(github.world, { ...plain, ...more });
  }

  function environment(token: "read" | "" = "read") {
    const { address, options } = github.world;
    return { GITHUB_API_URL: address, GITHUB_TOKEN: token && options.tokens[token], GH_TOKEN: "" };
  }

  async function reproduce(...words: readonly string[]): Promise<GantryEnd & { told: Told }> {
    const all = ["reproduce", "-C", scratch.folder, "--json", ...words];
    const end = await gantry(all, environment());
    return { ...end, told: JSON.parse(end.stdout || "{}") as Told };
  }

  it.each([
    String(runId),
    `https://github.com/octo/rose/actions/runs/${runId}/attempts/2#summary-1`,
  ])("runs %s again on its commit, though the clone has gone on", async (word) => {
    const before = await snapshot(scratch.folder, [".gantry"]);
    const end = await reproduce(word);
    expect(end.exit, end.stderr).toBe(1);
    expect(end.told).toMatchObject({
      result: "reproduced",
      exit: 1,
      run: { name: String(runId), verdict: "failed", commit: red.plan.trigger.commit },
      stages: [
        {
          id: "unit-tests",
          there: "failed",
          here: "failed",
          failingTests: { both: ["tiny › adds", "tiny › holds"], onlyThere: [], onlyHere: [] },
        },
      ],
      here: { verdict: "failed", plan: { source: red.plan.source, asked: ["unit-tests"] } },
    });
    expect(end.stderr).toContain(`Reproduced: unit-tests ended here as in run ${runId}.`);
    expect(end.stderr).toMatch(/again +gantry reproduce '?(4711|https:.*4711.*) --only unit-tests/);
    expect(await snapshot(scratch.folder, [".gantry"])).toEqual(before);
    const saved = await readFile(join(end.told.here.folder, "run.json"), "utf8");
    expect((JSON.parse(saved) as Run).verdict).toBe("failed");
    expect(end.told.here.folder.startsWith(join(scratch.folder, ".gantry", "runs"))).toBe(true);
    expect(await readdir(join(scratch.folder, ".gantry", "reproduce"))).not.toContain("work.lock");
    expect((await git("worktree", "list")).stdout.split("\n")).toHaveLength(1);
  });

  it("runs a folder that was downloaded, and ends green where it is green here", async () => {
    // A run whose tests failed for something that its commit does not have.
    const plan = { ...red.plan, source: await treeOf("HEAD"), trigger: await triggerAt("HEAD") };
    const tools = { ...red.tools, node: "12.0.0" };
    await scratch.write(".git/run.json", JSON.stringify({ ...red, plan, tools }));
    const end = await reproduce(join(scratch.folder, ".git"));
    expect(end.exit, end.stderr).toBe(0);
    expect(end.told).toMatchObject({
      result: "differs",
      stages: [{ failingTests: { both: [], onlyThere: ["tiny › adds", "tiny › holds"] } }],
      tools: [{ name: "node", there: "12.0.0" }],
    });
    expect(end.stderr).toContain("Not reproduced: unit-tests passed here");
    expect(end.stderr).toContain("tools in other versions: node 12.0.0 there");
  });

  async function treeOf(ref: string): Promise<string> {
    return `git-tree:${(await git("rev-parse", `${ref}^{tree}`)).stdout}`;
  }

  async function triggerAt(ref: string): Promise<Run["plan"]["trigger"]> {
    return { ...red.plan.trigger, commit: (await git("rev-parse", ref)).stdout };
  }

  it("runs nothing of a green run, unless a stage is asked for by name", async () => {
    const green = { ...red, verdict: "passed" as const, exit: 0, stages: [] };
    const { id } = keep({ ...green, id: "laptop" }, { conclusion: "success" });
    const end = await reproduce(String(id));
    expect(end).toMatchObject({ exit: 0, told: { result: "nothing-red" } });
    expect(end.stderr).toContain(`Nothing to reproduce: no check of run ${id} was red`);
    const asked = await reproduce(String(runId), "--only", "unit-tests");
    expect(asked).toMatchObject({ exit: 1, told: { result: "reproduced" } });
    const strange = await reproduce(String(runId), "--only", "security");
    expect(strange).toMatchObject({ exit: 2, told: { errors: [{ code: "GANTRY-USAGE" }] } });
  });

  it("refuses a commit that is not here with the command that brings it", async () => {
    const commit = "c".repeat(40);
    const trigger = { ...red.plan.trigger, commit };
    const { id } = keep({ ...red, id: "laptop", plan: { ...red.plan, trigger } });
    const end = await reproduce(String(id));
    const mend = expect.stringContaining(`git fetch origin ${commit}`);
    expect(end).toMatchObject({
      exit: 2,
      told: { errors: [{ code: "GANTRY-REF-UNKNOWN", mend }] },
    });
  });

  it("refuses a run that saw other files than its commit has", async () => {
    const plan = { ...red.plan, source: await treeOf("HEAD") };
    const { id } = keep({ ...red, id: "laptop", plan });
    const end = await reproduce(String(id));
    const message = expect.stringMatching(/other files than the run saw: broken$/);
    expect(end).toMatchObject({
      exit: 2,
      told: { errors: [{ code: "GANTRY-PLAN-SOURCE", message }] },
    });
  });

  it.each([
    ["999", "GANTRY-RUN-NOT-FOUND"],
    ["nowhere", "GANTRY-RUN-NOT-FOUND"],
    ["https://github.com/octo/rose/pull/1", "GANTRY-RUN-NAME"],
    ["https://github.com/somebody/else/actions/runs/4711", "GANTRY-RUN-NOT-FOUND"],
  ])("refuses %s with %s", async (word, code) => {
    expect(await reproduce(word)).toMatchObject({ exit: 2, told: { errors: [{ code }] } });
  });

  it("refuses to work where there is no folder", async () => {
    const words = ["reproduce", "-C", join(scratch.folder, "nowhere"), "--json", String(runId)];
    const end = await gantry(words, environment());
    expect(end.exit).toBe(2);
    expect(JSON.parse(end.stdout)).toMatchObject({ errors: [{ code: "GANTRY-NOT-A-REPOSITORY" }] });
  });

  it("refuses a run whose artifact has expired", async () => {
    const { id, artifacts } = keep({ ...red, id: "laptop" });
    for (const artifact of artifacts) artifact.expired = true;
    const mend = expect.stringContaining(`gh run rerun ${id}`);
    expect(await reproduce(String(id))).toMatchObject({
      exit: 2,
      told: { errors: [{ code: "GANTRY-RUN-ARTIFACT", mend }] },
    });
  });

  it("says which token it needs, and how to come by one", async () => {
    const words = ["reproduce", "-C", scratch.folder, String(runId)];
    const end = await gantry(words, environment(""));
    expect(end.exit).toBe(2);
    expect(end.stderr).toMatch(/GITHUB_TOKEN is not set[\s\S]*actions: read[\s\S]*gh auth token/);
  });

  it("hands a fork's code no secret, whatever its run says", async () => {
    const plan = withTests(red.plan, { secrets: ["GITHUB_TOKEN"] });
    const { id } = keep({ ...red, id: "laptop", plan }, { fromFork: true });
    const end = await reproduce(String(id));
    expect(end.stderr).toContain("the code is a fork's");
    expect(end.told.here.plan.trigger.fork).toBe(true);
    expect(end.told.here.stages.find(({ id: stage }) => stage === "unit-tests")).toMatchObject({
      outcome: "not-checked",
    });
  });

  it("runs a pull request on the merge that GitHub checked out, once that is fetched", async () => {
    const there = join(scratch.folder, ".git", "there");
    const { head, merge } = await mergeIn(there);
    const repository = { full_name: "octo/rose" };
    const side = (ref: string, sha: string) => ({ ref, sha, repo: repository });
    const request = {
      number: 7,
      title: "feat: x",
      head: side("topic", head),
      base: side("main", head),
    };
    await scratch.write(".git/event.json", JSON.stringify({ repository, pull_request: request }));
    const event = ["--github-event", join(scratch.folder, ".git", "event.json")];
    const words = ["ci", "-C", there, "--json", "--skip", "pr-checks", ...event];
    const run = JSON.parse((await gantry(words, { GITHUB_RUN_ID: "77" })).stdout) as Run;
    expect(run.plan.trigger).toMatchObject({ commit: head, checkedOut: merge });
    keep(run, { id: 77, event: "pull_request", attempt: 1 });

    const mend = expect.stringContaining(`git fetch origin ${merge}`);
    const message = expect.stringContaining("GitHub's merge of pull request 7");
    expect(await reproduce("77")).toMatchObject({
      exit: 2,
      told: { errors: [{ code: "GANTRY-REF-UNKNOWN", message, mend }] },
    });
    await git("fetch", "--quiet", "--no-write-fetch-head", there, merge);
    expect(await reproduce("77")).toMatchObject({
      exit: 1,
      told: {
        result: "reproduced",
        run: { commit: head, checkedOut: merge },
        here: { plan: { source: run.plan.source } },
        notes: [],
      },
    });
  });

  /** A branch and a base that has gone on, and the merge of both that GitHub makes. */
  async function mergeIn(cwd: string): Promise<{ readonly head: string; readonly merge: string }> {
    const as = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    const say = async (...args: string[]) => (await execa("git", [...as, ...args], { cwd })).stdout;
    await say("checkout", "--quiet", "-b", "topic");
    await say("rm", "--quiet", ".gitignore");
    await say("commit", "--quiet", "--message", "feat: topic");
    const head = await say("rev-parse", "HEAD");
    await say("checkout", "--quiet", "main");
    await writeFile(join(cwd, "base.txt"), "gone on");
    await say("add", "base.txt");
    await say("commit", "--quiet", "--message", "feat: base");
    await say("checkout", "--quiet", "--detach");
    await say("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    return { head, merge: await say("rev-parse", "HEAD") };
  }

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "ended by %s leaves nothing running and nothing taken, and ends %i",
    async (signal, exit) => {
      const plan = withTests(red.plan, { env: { WAIT_HERE: "1" } });
      const { id } = keep({ ...red, id: "laptop", plan });
      const before = await snapshot(scratch.folder, [".gantry"]);
      const child = execa(
        join(import.meta.dirname, "../../../scripts/gantry"),
        ["reproduce", "-C", scratch.folder, "--verbose", String(id)],
        {
          reject: false,
          forceKillAfterDelay: false,
          env: { ...withoutDocker, ...environment(), GITHUB_ACTIONS: "", GITHUB_EVENT_PATH: "" },
        },
      );
      await new Promise<void>((waiting) => {
        child.stderr.on("data", (text: Buffer) => String(text).includes("waiting") && waiting());
        void child.then(() => waiting());
      });
      child.kill(signal);
      const end = await child;
      expect(end.exitCode, end.stderr).toBe(exit);
      expect(end.stderr).toContain("Cancelled: nothing is known of the rest.");
      expect(await snapshot(scratch.folder, [".gantry"])).toEqual(before);
      expect(await readdir(join(scratch.folder, ".gantry", "reproduce"))).not.toContain(
        "work.lock",
      );
      const running = await execa("ps", ["-eo", "args"]);
      expect(running.stdout).not.toContain(join(scratch.folder, ".gantry", "reproduce"));
      expect(await reproduce(String(runId))).toMatchObject({
        exit: 1,
        told: { result: "reproduced" },
      });
    },
  );
});
