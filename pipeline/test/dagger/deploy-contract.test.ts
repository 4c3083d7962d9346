import { connect } from "@dagger.io/dagger";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { HealthRequest } from "../../src/dagger/deploy/health-check.ts";
import type { ActRequest } from "../../src/dagger/deploy/request.ts";
import { runAct, runHealthCheck } from "../../src/dagger/functions.ts";
import type { ActEnd, ActSpec } from "../../src/deploy/contained.ts";
import { type Answers, type FakeEngine, startFakeEngine, type Thing } from "./fake-engine.ts";
import { commandOf, historyOf } from "./layers.ts";
import { answersFor, type Repository } from "./repository.ts";

/** Every query of the functions that act validates against the engine's schema. */

const repository: Repository = {
  "package.json": JSON.stringify({ name: "app", scripts: {} }),
  "package-lock.json": "{}",
  "gantry.yaml": `
name: app
components:
  app:
    path: .
    toolchain: npm
    tests:
      deployed: { run: node --test deployed.mjs, secrets: [PASSWORD] }
environments:
  production: { branch: main, provider: railway, project: p, service: s, url: "https://app.example" }
  staging: { branch: develop, provider: railway, project: p, service: s, token: STAGING_TOKEN }
  here: { provider: local }
notify: { slack: SLACK_WEBHOOK_URL, discord: DISCORD_WEBHOOK_URL }
`,
};

const head = "c0ffee".padEnd(40, "0");
const other = "beef".padEnd(40, "0");
const meant = { kind: "deploy", commit: head } as const;
const target = { url: "https://app.example", commit: head, deployment: "d-1" };
const live: Extract<ActEnd, { kind: "ended" }> = {
  kind: "ended",
  warnings: ["nobody hears it"],
  deployment: {
    environment: "production",
    kind: "deploy",
    provider: "railway",
    verdict: "live",
    rollback: "not-needed",
    healthCheck: "passed",
    commit: head,
    seconds: 1,
    why: [],
  },
};
const testsFailed: ActEnd = {
  ...live,
  deployment: { ...live.deployment, verdict: "tests-failed", rollback: "failed", why: ["no"] },
};
const wantsTests: ActEnd = { kind: "wants-tests", meant, key: "k-1", target };

let engine: FakeEngine | undefined;
afterEach(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
});

/** The containers of the procedure end like this, one after the other. */
function ending(...ends: readonly unknown[]): Answers {
  const known = new Map<string, unknown>();
  return (thing, call) => {
    if (call.field === "commit" && thing.calls.at(-1)?.field === "commit") {
      return thing.calls.at(-1)?.args.id;
    }
    if (call.field !== "contents") return undefined;
    if (!String(thing.calls.at(-1)?.args.path).endsWith("act.json")) return undefined;
    const once = onceOf(thing);
    if (!known.has(once)) known.set(once, ends[Math.min(known.size, ends.length - 1)]);
    return JSON.stringify(known.get(once));
  };
}

function onceOf(thing: Thing): string {
  const set = historyOf(thing).findLast(
    ({ field, args }) => field === "withEnvVariable" && args.name === "GANTRY_ONCE",
  );
  return String(set?.args.value ?? "");
}

async function withEngine<T>(
  answers: Answers,
  work: (given: ActRequest) => Promise<T>,
): Promise<T> {
  const started = await startFakeEngine(answersFor(repository, answers));
  engine = started;
  vi.stubEnv("DAGGER_SESSION_PORT", String(started.port));
  vi.stubEnv("DAGGER_SESSION_TOKEN", "test");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let result: T | undefined;
  await connect(async (dag) => {
    result = await work({
      dag,
      source: dag.host().directory("/fixture"),
      repository: dag.host().directory("/fixture").asGit(),
      procedures: dag.currentModule().source().file("core/procedures.js"),
      scratch: { write: async () => undefined, folder: () => dag.currentModule().workdir("run") },
      env: "production",
      githubRepository: "own/app",
      actor: "somebody",
      runUrl: "https://github.com/own/app/actions/runs/7",
      secrets: [
        "RAILWAY_TOKEN",
        "STAGING_TOKEN",
        "GITHUB_TOKEN",
        "PASSWORD",
        "SLACK_WEBHOOK_URL",
      ].map((name) => dag.secret(`env://${name}`)),
    });
  });
  return result as T;
}

const deploy = (given: ActRequest): Promise<string> =>
  runAct(given, { kind: "deploy", again: false });

/** The containers in which a command was run, each once. */
function containersOf(program: RegExp): Thing[] {
  const found = engine?.asked.filter(({ calls }) =>
    calls.some((call) => call.field === "withExec" && program.test(commandOf(call).join(" "))),
  );
  const byOnce = new Map(found?.map((thing) => [onceOf(thing), thing]));
  return [...byOnce.values()];
}

const acts = (): Thing[] => containersOf(/^node \/gantry\/procedures\.js act/);

function specOf(thing: Thing): ActSpec {
  const file = historyOf(thing).findLast(({ field }) => field === "withNewFile");
  return JSON.parse(String(file?.args.contents)) as ActSpec;
}

function secretsOf(thing: Thing | undefined): unknown[] {
  return thing
    ? historyOf(thing).flatMap((call) =>
        call.field === "withSecretVariable" ? [call.args.name] : [],
      )
    : [];
}

describe("deploy", () => {
  it("makes only queries that the schema knows, and says first what came of it", async () => {
    const text = await withEngine(ending(live), deploy);
    expect(engine?.refused).toEqual([]);
    expect(text).toMatch(/^verdict: passed \(exit code 0\)\n✓ live: production/);
    expect(acts()).toHaveLength(1);
    expect(specOf(acts()[0] as Thing)).toMatchObject({
      act: { kind: "deploy", ref: head },
      actor: "somebody",
      runUrl: "https://github.com/own/app/actions/runs/7",
      variables: { GITHUB_REPOSITORY: "own/app" },
      news: { application: "app", notify: { slack: "SLACK_WEBHOOK_URL" } },
      environment: { name: "production" },
    });
  });

  it("gives the procedure the deploy's secrets, in no query, and no others", async () => {
    await withEngine(ending(live), deploy);
    expect(secretsOf(acts()[0])).toEqual(["RAILWAY_TOKEN", "GITHUB_TOKEN", "SLACK_WEBHOOK_URL"]);
    expect(engine?.queries.join("\n")).not.toContain("s3cret-value");
  });

  it("runs the tests between two containers, with no secret but those that they name", async () => {
    await withEngine(ending(wantsTests, live), deploy);
    expect(engine?.refused).toEqual([]);
    const [first, second, ...more] = acts().map(specOf);
    expect(more).toEqual([]);
    expect(first?.tested).toBeUndefined();
    expect(second).toMatchObject({ meant, tested: { key: "k-1", end: { kind: "passed" } } });
    expect(second?.owner).toBe(first?.owner);
    const [tests] = containersOf(/^node --test/);
    expect(secretsOf(tests)).toEqual(["PASSWORD"]);
    const variables = historyOf(tests as Thing).filter(({ field }) => field === "withEnvVariable");
    expect(Object.fromEntries(variables.map(({ args }) => [args.name, args.value]))).toMatchObject({
      DEPLOYED_URL: target.url,
      EXPECTED_COMMIT: head,
      EXPECTED_DEPLOYMENT: "d-1",
    });
  });

  it("never asks for the same layer twice, also under one run's name", async () => {
    const named = (given: ActRequest) => deploy({ ...given, runId: "7", attempt: 1 });
    await withEngine(ending(wantsTests, live), named);
    const before = [...acts(), ...containersOf(/^node --test/)].map(onceOf);
    await engine?.close();
    await withEngine(ending(wantsTests, live), named);
    const after = [...acts(), ...containersOf(/^node --test/)].map(onceOf);
    expect(before).toHaveLength(3);
    expect(new Set([...before, ...after, ""]).size).toBe(7);
    for (const key of before) expect(key).toMatch(/^7\/1\//);
  });

  it("looks for a version elsewhere in the repository, once", async () => {
    const elsewhere: ActEnd = { kind: "wants-history", meant: { ...meant, commit: other } };
    await withEngine(ending(elsewhere, live), deploy);
    expect(engine?.refused).toEqual([]);
    const [, second] = acts();
    expect(specOf(second as Thing).meant).toEqual({ ...meant, commit: other });
    const laid = historyOf(second as Thing).findLast(({ args }) => args.path === "/src/.git");
    expect(laid?.args.source).toMatchObject({
      calls: expect.arrayContaining([{ field: "commit", args: { id: other } }]),
    });
  });

  it("is an error with the verdict first where it is not green", async () => {
    const run = withEngine(ending(testsFailed), deploy);
    await expect(run).rejects.toThrow(
      /^verdict: failed \(exit code 1\)\n✗ tests-failed: production[\s\S]*THE ROLLBACK FAILED/,
    );
  });

  it("says the procedure's own problems with their codes, and what left no result", async () => {
    const problem = { code: "GANTRY-DEPLOY-TOKEN", message: "no token", mend: "set it" };
    const refused = withEngine(ending({ kind: "problems", problems: [problem] }), deploy);
    await expect(refused).rejects.toThrow(/exit code 2[\s\S]*no token[\s\S]*GANTRY-DEPLOY-TOKEN/);
    await engine?.close();
    const broken = withEngine(ending({ kind: "something else" }), deploy);
    await expect(broken).rejects.toThrow(/exit code 3[\s\S]*left no result/);
  });

  it.each([
    ["here", "GANTRY-LOCAL-IN-DAGGER"],
    ["prodution", "GANTRY-ENVIRONMENT-UNKNOWN"],
  ])("refuses %s before any container is there", async (env, code) => {
    const run = withEngine(ending(live), (given) => deploy({ ...given, env }));
    await expect(run).rejects.toThrow(code);
    expect(acts()).toEqual([]);
  });
});

describe("the other acts", () => {
  it("rollback and promote say what is meant, and make only valid queries", async () => {
    await withEngine(ending(live), (given) => runAct(given, { kind: "rollback", to: "v1.0.0" }));
    expect(specOf(acts()[0] as Thing).act).toEqual({ kind: "rollback", to: "v1.0.0" });
    expect(engine?.refused).toEqual([]);
    await engine?.close();
    await withEngine(ending(live), (given) => runAct(given, { kind: "promote", from: "staging" }));
    expect(specOf(acts()[0] as Thing).act).toMatchObject({
      kind: "promote",
      from: { environment: { name: "staging" } },
    });
    // It looks at both environments.
    expect(secretsOf(acts()[0])).toEqual(
      expect.arrayContaining(["RAILWAY_TOKEN", "STAGING_TOKEN", "GITHUB_TOKEN"]),
    );
    expect(engine?.refused).toEqual([]);
  });

  it("promote refuses to take from a local environment", async () => {
    const run = withEngine(ending(live), (given) =>
      runAct(given, { kind: "promote", from: "here" }),
    );
    await expect(run).rejects.toThrow("GANTRY-LOCAL-IN-DAGGER");
  });
});

describe("health-check", () => {
  const check = (proof: unknown, given: Partial<HealthRequest> = {}): Promise<string> => {
    const answers: Answers = (thing, call) =>
      call.field === "contents" && thing.calls.at(-1)?.args.path === "/gantry/proof.json"
        ? JSON.stringify(proof)
        : undefined;
    return withEngine(answers, ({ dag, procedures }) =>
      runHealthCheck({ dag, procedures, url: "https://app.example", ...given }),
    );
  };
  const asked = (): unknown => {
    const thing = engine?.asked.find(({ calls }) => calls.some((c) => c.field === "withNewFile"));
    return thing && specOf(thing);
  };

  it("asks as the seed's script does, from a container, never from the cache", async () => {
    const text = await check({ kind: "proven", samples: 3 });
    expect(text).toBe("verdict: passed (exit code 0)\n✓ healthy\n");
    expect(engine?.refused).toEqual([]);
    expect(asked()).toEqual({
      url: "https://app.example",
      attempts: 10,
      interval: 5,
      consecutive: 3,
      health: "/api/health",
      endpoint: [{ path: "/api/session/start", method: "GET", status: 200 }],
    });
    const once = engine?.asked.map(onceOf).filter((key) => key !== "");
    expect(new Set(once).size).toBe(1);
  });

  it("takes every option", async () => {
    const image = "registry.example/node:1";
    const options = { attempts: 2, interval: 0, consecutive: 1, health: "/up", commit: "abcdef1" };
    await check({ kind: "proven" }, { ...options, image, endpoints: ["POST /say", "/"] });
    expect(asked()).toMatchObject({
      ...options,
      endpoint: [
        { path: "/say", method: "POST" },
        { path: "/", method: "GET" },
      ],
    });
    const calls = engine?.asked.flatMap((thing) => thing.calls);
    expect(calls).toContainEqual({ field: "from", args: { address: image } });
  });

  it("is an error where it is not well", async () => {
    const run = check({ kind: "unhealthy", why: "GET /api/health: status 503" });
    await expect(run).rejects.toThrow(/^verdict: failed \(exit code 1\)\n✗ unhealthy: GET/);
  });

  it.each<Partial<HealthRequest>>([
    { url: "ftp://app.example" },
    { endpoints: ["nothing"] },
    { attempts: 0 },
  ])("refuses %j", async (given) => {
    await expect(check({ kind: "proven" }, given)).rejects.toThrow("GANTRY-USAGE");
  });
});
