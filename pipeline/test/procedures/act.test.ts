import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Config, Environment } from "../../src/config/config.ts";
import { type ActEnd, type ActSpec, readActEnd } from "../../src/deploy/contained.ts";
import { settingsOf } from "../../src/deploy/settings.ts";
import { actInContainer } from "../../src/procedures/deploy/act.ts";
import { type GithubStandIn, startGithub } from "../stand-ins/github/stand-in.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { runningClock } from "../stand-ins/railway/clock.ts";
import { type RailwayStandIn, startRailway } from "../stand-ins/railway/stand-in.ts";

/** What runs in a deploy's containers, run here: each call is one container. */
describe.skipIf(!hasSchema)("a deploy in a container (needs railway.json)", () => {
  let railway: RailwayStandIn;
  let github: GithubStandIn;
  let folder: string;
  let commit: string;
  beforeAll(async () => {
    const durations = { queued: 1, initializing: 1, building: 1, starting: 1 };
    railway = await startRailway({
      clock: runningClock(1),
      durations: { ...durations, probeEvery: 50, restart: 50 },
    });
    github = await startGithub({ clock: runningClock(1) });
    folder = mkdtempSync(join(tmpdir(), "gantry-act-"));
    commit = commitIn(folder);
    const [first] = github.world.commits.values();
    if (first) github.world.commits.set(commit, { ...first, sha: commit });
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(async () => {
    await Promise.all([railway?.close(), github?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** One container: a spec goes in, an end comes out, and what it says is kept. */
  async function contained(change: Partial<ActSpec> = {}): Promise<{ end: ActEnd; said: string }> {
    const { project, production } = railway.seeded;
    const environment = environmentOf(project.id, production.serviceId, production.environmentId);
    const url = railway.publicUrl(production);
    const settings = { ...settingsOf(environment, noComponents), url, tests: true };
    const spec: ActSpec = {
      act: { kind: "deploy", ref: "HEAD", again: false },
      environment,
      settings,
      waitSeconds: 0,
      owner: "dagger run 7 (1)",
      actor: "somebody",
      variables: {
        GITHUB_REPOSITORY: "octo/rose",
        GITHUB_API_URL: github.address,
        GANTRY_RAILWAY_URL: railway.address,
      },
      news: {
        application: "rose",
        runId: "7",
        notify: { incidents: ["production"] },
        since: new Date().toISOString(),
      },
      root: folder,
      left: join(folder, "left", "act.json"),
      ...change,
    };
    const file = join(folder, "spec.json");
    writeFileSync(file, JSON.stringify(spec));
    const said: string[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    await actInContainer(file).finally(() => write.mockRestore());
    const end = readActEnd(readFileSync(spec.left, "utf8"));
    if (!end) throw new Error("it left no end");
    return { end, said: said.join("") };
  }

  function withTokens(): string[] {
    const { projectToken } = railway.world.options;
    const { write } = github.world.options.tokens;
    vi.stubEnv("RAILWAY_TOKEN", projectToken);
    vi.stubEnv("GITHUB_TOKEN", write);
    return [projectToken, write];
  }

  it("says everything that is missing at once", async () => {
    vi.stubEnv("RAILWAY_TOKEN", "");
    vi.stubEnv("GITHUB_TOKEN", "");
    const { end } = await contained({ variables: {} });
    expect(end.kind === "problems" && end.problems.map(({ code }) => code)).toEqual([
      "GANTRY-DEPLOY-TOKEN",
      "GANTRY-GITHUB-TOKEN",
      "GANTRY-GITHUB-TOKEN",
    ]);
  });

  it("asks for the history of a version that it does not hold, and ends where there is none", async () => {
    withTokens();
    const meant = { kind: "deploy", commit: "beef".padEnd(40, "0") } as const;
    const unknown = await contained({ act: { kind: "deploy", ref: meant.commit, again: false } });
    expect(unknown.end).toMatchObject({
      kind: "problems",
      problems: [{ code: "GANTRY-REF-UNKNOWN" }],
    });
    expect((await contained({ meant })).end).toMatchObject({ kind: "problems" });
    expect(railway.journal.entries.filter(({ kind }) => kind === "created")).toEqual([]);
  });

  it("stops for the tests, keeps its hold, and concludes with how they ended", async () => {
    const secrets = withTokens();
    const first = await contained();
    if (first.end.kind !== "wants-tests") throw new Error(JSON.stringify(first));
    const { key, meant, target } = first.end;
    expect(target).toMatchObject({ commit, url: railway.publicUrl(railway.seeded.production) });
    expect((await contained({ keep: key, meant })).end).toEqual({ kind: "kept", kept: true });
    const stranger = await contained({ keep: key, meant, owner: "dagger run 8 (2)" });
    expect(stranger.end).toEqual({ kind: "kept", kept: false });
    const last = await contained({ meant, tested: { key, end: { kind: "passed" } } });
    expect(last.end).toMatchObject({
      kind: "ended",
      deployment: { verdict: "live", commit, key, serving: { id: target.deployment } },
    });
    for (const { end, said } of [first, last]) {
      for (const secret of secrets) expect(said + JSON.stringify(end)).not.toContain(secret);
    }
    expect(first.said).toContain("▶ sends the version");
  }, 60_000);

  it("tells of a version that failed its tests: an incident is opened, and is a note", async () => {
    withTokens();
    const act = { kind: "deploy", ref: "HEAD", again: true } as const;
    const first = await contained({ act });
    if (first.end.kind !== "wants-tests") throw new Error(JSON.stringify(first));
    const { key, meant } = first.end;
    const end = { kind: "failed", why: "it is rude" } as const;
    const last = await contained({ act, meant, tested: { key, end } });
    expect(last.end).toMatchObject({
      kind: "ended",
      warnings: [],
      deployment: { verdict: "tests-failed", rollback: "done" },
    });
    const issues = [...github.world.issues.values()];
    expect(issues.map(({ title }) => title)).toEqual([expect.stringContaining("production")]);
    expect(last.said).toMatch(/^· .*incident/im);
  }, 60_000);

  it("promotes nothing that was not proven", async () => {
    withTokens();
    const { project, staging } = railway.seeded;
    const environment = {
      ...environmentOf(project.id, staging.serviceId, staging.environmentId),
      name: "staging",
    };
    const from = { environment, settings: settingsOf(environment, noComponents) };
    const { end } = await contained({ act: { kind: "promote", from } });
    expect(end).toMatchObject({ kind: "problems", problems: [{ code: "GANTRY-PROMOTION" }] });
  });
});

const noComponents = { components: [] as Config["components"] } as Config;

function environmentOf(project: string, service: string, environment: string): Environment {
  return {
    name: "production",
    provider: "railway",
    project,
    service,
    environment,
    token: "RAILWAY_TOKEN",
    waitSeconds: 60,
    health: { path: "/health", attempts: 3, intervalSeconds: 0, consecutive: 1 },
    identity: {},
    settings: {},
    variables: {},
    tests: ["deployed"],
  };
}

function commitIn(folder: string): string {
  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=G", "-c", "user.email=g@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
    }).trim();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "stand-in.json"), "{}");
  git("init", "--quiet");
  git("add", "stand-in.json");
  git("commit", "--quiet", "--message", "feat: first");
  return git("rev-parse", "HEAD");
}
