import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Run } from "../../src/execute/run.ts";
import { baseArtifact } from "../builders/base-artifact.ts";
import { coverage, samplePlan, sampleTrigger } from "../builders/run.ts";
import { greenRun, redRun } from "../builders/sample-runs.ts";
import { unitTests } from "../builders/stages.ts";
import { createRandom } from "../corpora/random.ts";
import { tokens as forms } from "../corpora/tokens.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { addIssue } from "../stand-ins/github/world/issues.ts";
import { addRun } from "../stand-ins/github/world/workflow-runs.ts";
import { runningClock } from "../stand-ins/railway/clock.ts";
import { type Door, makeIdentity, noHostAddress, openDoor } from "./doors.ts";
import {
  type Called,
  createScratch,
  dagger,
  nodeImage,
  noEngine,
  pythonImage,
  type Scratch,
} from "./engine.ts";

const reason = noEngine() ?? noHostAddress();

const value = "value-that-nobody-sees";

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("asking GitHub from an engine", { timeout: 900_000 }, () => {
  let github: GithubStandIn;
  let door: Door;
  let store: Door;
  let scratch: Scratch;
  let folder: string;
  beforeAll(async () => {
    if (reason !== undefined) return;
    github = await startGithub({ clock: runningClock(1) });
    const identity = makeIdentity();
    door = await openDoor(github.address, identity);
    github.world.address = door.address;
    store = await openDoor(github.world.storeAddress, identity);
    github.world.storeAddress = store.address;
    folder = mkdtempSync(join(tmpdir(), "gantry-run-"));
    scratch = createScratch({
      "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
      ".gitignore": ".env\n",
      ".env.example": "API_KEY=\n",
      "certificate.pem": identity.cert,
      "gantry.yaml": `
name: tiny-github
certificates: certificate.pem
components:
  tiny: { path: ., toolchain: npm, quality: { lint: node --check a.js }, tests: { unit: { run: node --test, secrets: [API_KEY] } } }
branches:
  main: { checks: { required: [code-quality, unit-tests] } }
  develop: false
images: { node: "${nodeImage}", python: "${pythonImage}" }
`,
    });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(async () => {
    await Promise.all([github?.close(), door?.close(), store?.close()]);
    scratch?.remove();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: scratch.folder, encoding: "utf8", stdio: "pipe" }).trim();
  type Who = keyof GithubStandIn["world"]["options"]["tokens"];
  const ask = (words: readonly string[], who: Who = "write", env = {}): Promise<Called> =>
    dagger(scratch, [...words, `--github-url=${door.address}`, "--repository=octo/rose"], {
      GITHUB_TOKEN: github.world.options.tokens[who],
      ...env,
    });
  function pull() {
    const issue = addIssue(github.world, {
      title: "feat: voice",
      labels: [],
      author: "ada",
      pull: undefined,
    });
    return { number: issue.number, bodies: () => issue.comments.map(({ body }) => body) };
  }
  /** The run's file and GitHub's event, as a workflow's job has them. */
  function saved(run: Run, number: number): string[] {
    const [file, event] = [join(folder, "run.json"), join(folder, "event.json")];
    writeFileSync(file, JSON.stringify(run));
    writeFileSync(event, JSON.stringify({ pull_request: { number } }));
    return ["comment", `--run=${file}`, `--event=${event}`, "--secrets=env:GITHUB_TOKEN"];
  }

  it("writes the comment, updates it in a later run, and knows its own words again", async () => {
    const { number, bodies } = pull();
    // The run names another pull request: GitHub's own word counts.
    const other = sampleTrigger({ pullRequest: { number: number + 1, title: "feat: other" } });
    const red = redRun({ id: "4711", plan: samplePlan({ trigger: other }) });
    const link = "--run-url=https://github.com/octo/rose/actions/runs/4711";
    const first = await ask([...saved(red, number), "--run-id=4711", link]);
    expect(first).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^the comment is written: https/),
    });
    expect(bodies()).toEqual([expect.stringContaining("## ✗ Failed: code-quality")]);
    expect(bodies()[0]).toContain("[the run](https://github.com/octo/rose/actions/runs/4711)");
    const green = greenRun({ id: "4712", plan: samplePlan({ trigger: other }) });
    const second = await ask([...saved(green, number), "--run-id=4712"]);
    expect(second.stdout).toMatch(/^the comment is up to date: /);
    expect(bodies()).toEqual([expect.stringContaining("## ✓ Passed")]);
    const asked = github.requests.length;
    expect((await ask([...saved(green, number), "--run-id=4712"])).stdout).toMatch(
      /said so already/,
    );
    expect(github.requests.length).toBeGreaterThan(asked);
    const older = await ask([...saved(red, number), "--run-id=4711"]);
    expect(older.stdout).toMatch(/^a newer run has commented/);
    expect(bodies()).toEqual([expect.stringContaining("## ✓ Passed")]);
  });

  it("compares coverage with what the base's own run has left on GitHub", async () => {
    const { number, bodies } = pull();
    const artifacts = [baseArtifact(70)];
    addRun(github.world, { branch: "develop", sha: "d".repeat(40), artifacts });
    expect((await ask(saved(greenRun({ id: "4710" }), number))).exit).toBe(0);
    expect(bodies()).toEqual([expect.stringContaining("(+5.2)")]);
    expect(bodies()[0]).toContain("Coverage is compared with `develop` at `dddddddddddd`");
  });

  it("with a fork's token gives the whole comment to the job's summary, and is no error", async () => {
    const { number, bodies } = pull();
    const plan = samplePlan({ trigger: sampleTrigger({ fork: true }) });
    const summary = join(folder, "summary.md");
    const words = [...saved(redRun({ id: "4713", plan }), number), `--output=${summary}`];
    const called = await ask(words, "read");
    expect(called.exit).toBe(0);
    expect(bodies()).toEqual([]);
    const text = readFileSync(summary, "utf8");
    expect(text).toContain("## ✗ Failed: code-quality");
    expect(text).toContain("the token of a fork's workflow may only read");
    for (const said of [text, called.all]) {
      expect(said).not.toContain(github.world.options.tokens.read);
    }
  });

  it("knows the change in the merge that GitHub checks out, and what pr-checks says of it", async () => {
    git("checkout", "--quiet", "-b", "feature/voice", "main");
    scratch.write("voice.mjs", "one\ntwo\n");
    scratch.write("left.txt", "<<<<<<< a\n=======\n>>>>>>> b\n");
    scratch.commit("feat: voice");
    const commit = git("rev-parse", "HEAD");
    const baseCommit = git("rev-parse", "main");
    git("checkout", "--quiet", "--detach", "main");
    const merge = ["merge", "--quiet", "--no-ff", "feature/voice"];
    git("-c", "user.name=x", "-c", "user.email=x@example.org", ...merge);
    git("branch", "--quiet", "-D", "feature/voice");
    const trigger = sampleTrigger({ base: "main", baseCommit, commit });
    const missing = [{ file: "voice.mjs", lines: [2], total: 2 }];
    const stages = [{ ...unitTests(), coverage: coverage({ missing }), steps: [] }];
    const run = greenRun({ plan: samplePlan({ trigger }), stages });
    const shown = await ask([...saved(run, 1), "--dry-run"]);
    const event = join(folder, "pull.json");
    const repo = { full_name: "octo/rose" };
    const head = { ref: "feature/voice", sha: commit, repo };
    const base = { ref: "main", sha: baseCommit, repo };
    const pull_request = { number: 1, title: "feat: voice", head, base };
    writeFileSync(event, JSON.stringify({ pull_request }));
    const words = ["pr-checks", `--event=${event}`, "--event-name=pull_request"];
    const checked = await dagger(scratch, words);
    git("checkout", "--quiet", "develop");
    expect(shown.stdout).toContain("1 line of this change that no test runs");
    expect(shown.stdout).toContain("`voice.mjs:2`");
    expect(checked.all).toMatch(/left\.txt:1 {2}a conflict marker/);
  });

  it("refuses the run of another, and a file that is no run", async () => {
    const { number, bodies } = pull();
    const other = await ask([...saved(redRun({ id: "4713" }), number), "--run-id=4714"]);
    expect(other.all).toMatch(
      /exit code 2[\s\S]*is that of another run[\s\S]*GANTRY-RUN-NOT-FOUND/,
    );
    const none = await ask([...saved({} as Run, number)]);
    expect(none.all).toMatch(/is no run[\s\S]*GANTRY-RUN-NOT-FOUND/);
    expect([other.exit, none.exit]).toEqual([1, 1]);
    expect(bodies()).toEqual([]);
  });

  it("shows how the protection differs, mends it only when it is told to, and is green then", async () => {
    const words = ["protect", "--secrets=env:GITHUB_TOKEN"];
    const before = await ask(words, "admin");
    expect(before.exit).toBe(1);
    expect(before.all).toMatch(/verdict: failed \(exit code 1\)\n.*branches\.main \(classic\)/);
    expect(before.all).toContain("+ checks.required: code-quality, unit-tests");
    expect(github.world.protections.size).toBe(0);
    const applied = await ask([...words, "--apply"], "admin");
    expect(applied.stdout).toMatch(/^verdict: passed \(exit code 0\)\n[\s\S]*mended enforceAdmins/);
    expect(github.world.protections.has("main")).toBe(true);
    const after = await ask([...words, "--branch=main"], "admin");
    expect(after).toMatchObject({ exit: 0, stdout: expect.stringContaining("as wanted") });
  });

  it("says by name that a workflow's token may not protect", async () => {
    const called = await ask(["protect", "--secrets=env:GITHUB_TOKEN", "--apply"]);
    expect(called.exit).toBe(1);
    expect(called.all).toMatch(/verdict: unknown \(exit code 2\)[\s\S]*GANTRY-GITHUB-PERMISSION/);
  });

  it("names the secret that is missing, and is green with it, without its value", async () => {
    const missing = await dagger(scratch, ["secrets"]);
    expect(missing.exit).toBe(1);
    expect(missing.all).toMatch(/verdict: failed \(exit code 1\)\n.*API_KEY {2}missing/);
    const given = await dagger(scratch, ["secrets", "--secrets=env:API_KEY"], { API_KEY: value });
    expect(given.stdout).toMatch(/^verdict: passed \(exit code 0\)\n✓ API_KEY {2}present/);
    const told = await dagger(scratch, ["secrets", "--present=API_KEY=true"]);
    expect(told.stdout).toContain("✓ API_KEY  present as the workflow says");
    expect(given.all).not.toContain(value);
  });

  it("finds in history what a later commit took out, and shows only the place", async () => {
    const clean = await dagger(scratch, ["secrets", "--present=API_KEY=true", "--history"]);
    expect(clean.stdout).toMatch(/^verdict: passed/);
    const token = forms["GitHub, classic"]?.(createRandom(7)) ?? "";
    scratch.write("settings.py", `TOKEN = "${token}"\n`);
    scratch.commit("feat: settings");
    git("rm", "--quiet", "settings.py");
    scratch.commit("fix: without them");
    const called = await dagger(scratch, ["secrets", "--present=API_KEY=true", "--history"]);
    expect(called.exit).toBe(1);
    expect(called.all).toMatch(/verdict: failed[\s\S]*settings\.py:1/);
    expect(called.all).not.toContain(token);
  });
});
