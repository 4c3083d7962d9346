import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mirror } from "../release/remote.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { runningClock } from "../stand-ins/railway/clock.ts";
import { type Door, makeIdentity, noHostAddress, openDoor } from "./doors.ts";
import {
  type Called,
  createScratch,
  dagger,
  exportRun,
  nodeImage,
  noEngine,
  type Scratch,
} from "./engine.ts";

const reason = noEngine() ?? noHostAddress();

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("releasing from an engine", { timeout: 900_000 }, () => {
  let github: GithubStandIn;
  let door: Door;
  let scratch: Scratch;
  const folders: string[] = [];
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: scratch.folder, encoding: "utf8", stdio: "pipe" }).trim();
  beforeAll(async () => {
    if (reason !== undefined) return;
    github = await startGithub({ clock: runningClock(1) });
    const identity = makeIdentity();
    door = await openDoor(github.address, identity);
    github.world.address = door.address;
    scratch = createScratch({
      "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
      "certificate.pem": identity.cert,
      "gantry.yaml": `
name: tiny-release
certificates: certificate.pem
images: { node: "${nodeImage}" }
`,
    });
    git("tag", "v1.0.0");
    git("checkout", "--quiet", "main");
    scratch.write("version.txt", "next");
    scratch.commit("feat: sing louder");
    git("checkout", "--quiet", "develop");
    scratch.write("later.txt", "later");
    scratch.commit("fix: sing later");
    git("checkout", "--quiet", "main");
    await mirror(github.world, scratch.folder);
    github.world.refs.set("refs/tags/v1.0.0", { sha: git("rev-parse", "v1.0.0"), type: "commit" });
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterAll(async () => {
    await Promise.all([github?.close(), door?.close()]);
    scratch?.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const release = (...words: string[]): Promise<Called> =>
    dagger(
      scratch,
      [
        "release",
        `--github-url=${door.address}`,
        "--repository=octo/rose",
        "--secrets=env:GITHUB_TOKEN",
        ...words,
      ],
      { GITHUB_TOKEN: github.world.options.tokens.write },
    );

  it("says as JSON what would be, and does nothing", async () => {
    const called = await release("--dry-run");
    expect(JSON.parse(called.stdout)).toMatchObject({
      version: "1.1.0",
      previous: "v1.0.0",
      commit: git("rev-parse", "HEAD"),
      commits: [{ subject: "sing louder" }],
    });
    expect(github.world.releases).toEqual([]);
  });

  it("opens the pull request from develop, whose commits only that branch has", async () => {
    const called = await release("--pr");
    expect(called.all).toContain("verdict: passed (exit code 0)");
    expect(github.world.issues).toMatchObject([
      { title: "chore: release v1.0.1", pull: { head: "develop", base: "main" } },
    ]);
  });

  it("is an error where a step is not done, and keeps that run", async () => {
    // A release's address for uploads that is not the API's own: no token is sent there.
    github.world.address = github.address;
    const called = await release();
    github.world.address = door.address;
    expect(called.exit).toBe(1);
    expect(called.all).toContain("GANTRY-RELEASE-UNFINISHED");
    expect(called.all).toMatch(/verdict: unknown \(exit code 3\)\nv1\.0\.0 is not finished/);
    const { run, folder } = await exportRun(scratch);
    folders.push(folder);
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  it("publishes, keeps the run, and finds everything done the second time", async () => {
    const called = await release("--run-id=7");
    expect(called.all).toMatch(/verdict: passed \(exit code 0\)[\s\S]*v1\.1\.0 is released/);
    expect(called.exit).toBe(0);
    expect(github.world.releases.map(({ tag_name }) => tag_name)).toContain("v1.1.0");
    const { run, folder } = await exportRun(scratch);
    folders.push(folder);
    const stage = run.stages.find(({ id }) => id === "create-release");
    expect(stage).toMatchObject({ outcome: "passed" });
    expect(readFileSync(join(folder, "logs/create-release/release.log"), "utf8")).toContain(
      "✓ v1.1.0  publish",
    );
    const before = github.requests.length;
    expect((await release("--run-id=7")).exit).toBe(0);
    expect(github.requests.length).toBeGreaterThan(before);
    const published = github.world.releases.filter(({ tag_name }) => tag_name === "v1.1.0");
    expect(published).toHaveLength(1);
  });

  it("is an error without a token, and on a branch that is not released", async () => {
    const words = ["release", "--repository=octo/rose"];
    const without = await dagger(scratch, words);
    expect(without.all).toContain("GANTRY-GITHUB-TOKEN");
    const elsewhere = await release("--branch=feature/x");
    expect(elsewhere.all).toContain("GANTRY-RELEASE-BRANCH");
    expect([without.exit, elsewhere.exit]).toEqual([1, 1]);
  });
});
