import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createGithubStore } from "../../src/deploy/records/github-store.ts";
import type { Run } from "../../src/execute/run.ts";
import { connectTo } from "../github/connect.ts";
import { expectOk } from "../github/expect-ok.ts";
import { neverHealthy, well } from "../stand-ins/railway/apps/behaviour.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { type DeployPlace, openDeployPlace } from "./deploy-place.ts";
import { noHostAddress } from "./doors.ts";
import {
  type Called,
  createScratch,
  dagger,
  exportRun,
  nodeImage,
  noEngine,
  type Scratch,
} from "./engine.ts";

const reason = noEngine() ?? lacking();

function lacking(): string | undefined {
  if (!hasSchema) return "no railway.json, from which the stand-in is made";
  return noHostAddress();
}

const deployed = `import assert from "node:assert";
import { test } from "node:test";
test("greets", async () => {
  const answer = await fetch(\`\${process.env.DEPLOYED_URL}/greeting\`);
  assert.equal((await answer.json()).greeting, "hello");
  const { RAILWAY_TOKEN, RAILWAY_STAGING_TOKEN, GITHUB_TOKEN } = process.env;
  assert.deepEqual([RAILWAY_TOKEN, RAILWAY_STAGING_TOKEN, GITHUB_TOKEN], Array(3).fill(undefined));
});
`;

const files = (place: DeployPlace) => ({
  "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", private: true }),
  "package-lock.json": JSON.stringify({
    name: "tiny",
    version: "1.0.0",
    lockfileVersion: 3,
    packages: { "": { name: "tiny", version: "1.0.0" } },
  }),
  "deployed.mjs": deployed,
  "certificate.pem": place.certificate,
  "gantry.yaml": `
name: tiny-deploy
certificates: certificate.pem
components:
  app:
    path: .
    toolchain: npm
    tests:
      deployed: { run: node --test deployed.mjs }
environments:
  production:
    branch: main
    ${place.environment.join("\n    ")}
    wait: 2m
    settings: { healthcheckPath: /health, healthcheckTimeout: 15 }
    health: { path: /health, interval: 1s, consecutive: 2, attempts: 5 }
  staging:
    ${place.staging.join("\n    ")}
    wait: 2m
    health: { path: /health, interval: 1s, consecutive: 2, attempts: 5 }
    tests: []
  here: { provider: local }
images: { node: "${nodeImage}" }
`,
});

const greets = { ...well, routes: { "GET /greeting": { json: { greeting: "hello" } } } };
const isRude = { ...well, routes: { "GET /greeting": { json: { greeting: "go away" } } } };

/** What only a real engine can show. Without one, every test is skipped with the reason. */
describe("deploying from an engine", { timeout: 900_000 }, () => {
  let place: DeployPlace;
  let scratch: Scratch;
  const folders: string[] = [];
  beforeAll(async () => {
    if (reason !== undefined) return;
    place = await openDeployPlace();
    scratch = createScratch(files(place));
    place.push(head());
  });
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
  afterEach(() => place?.railway.faults.clear());
  afterAll(async () => {
    await place?.close();
    scratch?.remove();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const head = (): string =>
    execFileSync("git", ["rev-parse", "HEAD"], { cwd: scratch.folder, encoding: "utf8" }).trim();
  const act = (...words: string[]): Promise<Called> =>
    dagger(scratch, [...words, ...place.words], place.env);
  const uploads = (): number =>
    place.railway.journal.entries.filter(({ kind }) => kind === "created").length;
  async function latest(): Promise<{ run: Run; folder: string }> {
    const found = await exportRun(scratch);
    folders.push(found.folder);
    return found;
  }
  /** A person's word that the run is gone; else its hold ends by itself after ten minutes. */
  async function unlock(): Promise<void> {
    const gantry = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));
    await execa(process.execPath, [gantry, "unlock", "-C", scratch.folder, "--env=production"], {
      env: {
        ...place.env,
        GITHUB_REPOSITORY: "octo/rose",
        GITHUB_API_URL: place.github.address,
        GANTRY_RAILWAY_URL: place.railway.address,
      },
    });
  }
  /** How the record at GitHub begins the newest attempt of an environment. */
  async function lastOpening(environment: string) {
    const store = createGithubStore(connectTo(place.github), environment);
    return (await expectOk(store.attempts(1)))[0]?.opening;
  }
  function commitNext(message: string): string {
    scratch.write("version.txt", message);
    scratch.commit(message);
    place.push(head());
    return head();
  }

  it("brings a version live, proves it, tests it, and records it", async () => {
    place.railway.behave(greets);
    const called = await act("deploy", "--env=production", `--ref=${head()}`);
    expect(called.all).toMatch(/verdict: passed \(exit code 0\)\n✓ live: production/);
    expect(called.exit).toBe(0);
    const { run, folder } = await latest();
    expect(run.deployment).toMatchObject({ verdict: "live", commit: head(), kind: "deploy" });
    const stage = run.stages.find(({ id }) => id === "deploy-production");
    expect(stage?.steps.map(({ id, outcome }) => `${id} ${outcome}`)).toContain(
      "app/deployed passed",
    );
    expect(run.url).toBe("https://github.com/octo/rose/actions/runs/7");
    for (const text of [called.all, ...textsIn(folder)]) {
      for (const value of Object.values(place.env)) expect(text).not.toContain(value);
    }
  });

  it("looks again where it serves already, and deploys nothing", async () => {
    const before = uploads();
    const words = ["deploy", "--env=production", "--run-id=7", "--attempt=1"];
    expect((await act(...words)).all).toContain("nothing was deployed");
    const asked = place.railway.requests.length;
    expect((await act(...words)).all).toContain("nothing was deployed");
    expect(place.railway.requests.length).toBeGreaterThan(asked);
    expect(uploads()).toBe(before);
  });

  it("says that a version was never live, and leaves the old one alone", async () => {
    commitNext("feat: never well");
    place.railway.behave(neverHealthy);
    const called = await act("deploy", "--env=production");
    expect(called.exit).toBe(1);
    expect(called.all).toMatch(/verdict: failed \(exit code 1\)\n✗ never-live: production/);
    expect((await latest()).run.deployment).toMatchObject({ rollback: "not-needed" });
  });

  it("takes a version back that fails its tests, and the tests saw no token", async () => {
    const before = head();
    commitNext("feat: rude");
    place.railway.behave(isRude);
    const called = await act("deploy", "--env=production");
    expect(called.exit).toBe(1);
    expect(called.all).toContain("rolled back: the version before it serves again");
    expect((await latest()).run.deployment).toMatchObject({
      verdict: "tests-failed",
      rollback: "done",
    });
    expect(before).not.toBe(head());
  });

  it("deploys a tag, and rolls back to what served before it", async () => {
    place.railway.behave(greets);
    const commit = commitNext("feat: kind again");
    execFileSync("git", ["tag", "v1.0.0"], { cwd: scratch.folder });
    commitNext("feat: later");
    const called = await act("deploy", "--env=production", "--ref=v1.0.0");
    expect(called.all).toMatch(/✓ live: production .*\(v1\.0\.0\)/);
    expect((await latest()).run.deployment).toMatchObject({ commit, version: "v1.0.0" });
    const again = await act("deploy", "--env=production", `--ref=${commit.slice(0, 9)}`);
    expect(again.all).toContain("nothing was deployed");
    const back = await act("rollback", "--env=production");
    expect(back.exit).toBe(0);
    expect((await latest()).run.deployment).toMatchObject({ kind: "rollback", verdict: "live" });
  });

  it("picks up what a cancelled call has left", async () => {
    commitNext("feat: cancelled");
    place.railway.behave(greets);
    const stop = new AbortController();
    const sent = uploads();
    const watch = setInterval(() => uploads() > sent && stop.abort(), 50);
    await dagger(scratch, ["deploy", "--env=production", ...place.words], place.env, stop.signal);
    clearInterval(watch);
    expect(uploads()).toBe(sent + 1);
    const held = await act("deploy", "--env=production");
    expect(held.all).toMatch(/verdict: unknown \(exit code 3\)\n\? locked: production/);
    await unlock();
    const called = await act("deploy", "--env=production");
    expect(called.all).toContain("picks up deploy");
    expect(called.exit).toBe(0);
    expect(uploads()).toBe(sent + 1);
  });

  it("promotes what staging has proven: the same source by its hash, and the record says so", async () => {
    place.railway.behave(greets);
    const commit = commitNext("feat: tried in staging");
    expect((await act("deploy", "--env=staging")).all).toContain("✓ live: staging");
    commitNext("feat: not tried yet");
    const called = await act("promote", "--from=staging", "--to=production");
    expect(called.all).toMatch(/verdict: passed \(exit code 0\)\n✓ live: production/);
    expect((await latest()).run.deployment).toMatchObject({ kind: "promote", commit });
    const { production, staging } = place.railway.seeded;
    expect(production.serving?.source.sha256).toBe(staging.serving?.source.sha256);
    const tree = execFileSync("git", ["rev-parse", `${commit}:`], {
      cwd: scratch.folder,
      encoding: "utf8",
    });
    const [tried, promoted] = await Promise.all(["staging", "production"].map(lastOpening));
    expect(tried).toMatchObject({ kind: "deploy", commit, source: `git-tree:${tree.trim()}` });
    expect(promoted).toMatchObject({ kind: "promote", from: "staging", source: tried?.source });
  });

  it("refuses a local environment by name, and a missing token", async () => {
    const local = await act("deploy", "--env=here");
    expect(local.all).toContain("GANTRY-LOCAL-IN-DAGGER");
    const words = ["deploy", "--env=production", "--repository=octo/rose"];
    const without = await dagger(scratch, words);
    expect(without.all).toContain("GANTRY-DEPLOY-TOKEN");
    expect(without.all).toContain("GANTRY-GITHUB-TOKEN");
    expect(without.exit).toBe(1);
  });

  it("checks an address without any configuration", async () => {
    const words = ["health-check", `--url=${place.url}`, "--health=/health", "--interval=0"];
    const own = [...words, `--image=${nodeImage}`, "--consecutive=2"];
    const good = await dagger(scratch, [...own, "--endpoints=/greeting"]);
    expect(good.all).toMatch(/verdict: passed \(exit code 0\)\n✓ healthy/);
    const bad = await dagger(scratch, [...own, "--endpoints=/nowhere", "--attempts=2"]);
    expect(bad.all).toMatch(/verdict: failed \(exit code 1\)\n✗ unhealthy: GET \/nowhere/);
    expect([good.exit, bad.exit]).toEqual([0, 1]);
  });
});

function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
