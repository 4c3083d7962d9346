import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run as runSchema } from "../../src/execute/run.ts";
import { dashboard as dashboardSchema } from "../../src/report/dashboard/dashboard.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { createPlace, type End, type Place } from "./programs/place.ts";
import { filesWith, watchCommandLines } from "./programs/traces.ts";

/** Its `serving` is what the command line says; the other is what Railway's stand-in does. */
interface Status {
  readonly serving: { readonly id: string; readonly commit?: string; readonly proven: boolean };
  readonly lock: unknown;
  readonly leftOver: readonly unknown[];
  readonly last: { readonly verdict: string };
  readonly breaks: readonly string[];
}

interface RailwayState {
  readonly instances: readonly { readonly environmentId: string; readonly serving: string }[];
  readonly deployments: readonly {
    readonly id: string;
    readonly environmentId: string;
    readonly reason: string;
    readonly status: string;
    readonly variables: Readonly<Record<string, string>>;
  }[];
}

/** Bounds for what hangs, on a machine that is busy with other things. */
const limit = { timeout: 300_000 };

describe.skipIf(!hasSchema)("gantry and its environments (needs railway.json)", limit, () => {
  let place: Place;
  beforeAll(async () => {
    place = await createPlace();
  });
  afterAll(() => place?.remove());

  const on = (environment: string, ...args: string[]): Promise<End> =>
    place.gantry([...args, "--env", environment]);

  /** What serves, as the record and Railway both have it, with nothing held or broken. */
  async function settled(environment: "production" | "staging"): Promise<Status> {
    const { stdout } = await on(environment, "status", "--json");
    const status = JSON.parse(stdout) as Status;
    expect(status).toMatchObject({ lock: null, leftOver: [], breaks: [] });
    const state = await place.railway.steer<RailwayState>("state");
    const { environmentId } = place.railway.said[environment];
    const serving = state.instances.find((one) => one.environmentId === environmentId)?.serving;
    expect(status.serving.id).toBe(serving);
    return status;
  }

  async function uploads(environment: "production" | "staging"): Promise<number> {
    const state = await place.railway.steer<RailwayState>("state");
    const { environmentId } = place.railway.said[environment];
    const its = state.deployments.filter((one) => one.environmentId === environmentId);
    return its.filter(({ reason }) => reason === "deploy").length;
  }

  it("deploys and shows what serves; what fails later leaves or brings back the old one", async () => {
    const commit = await place.commit({ message: "feat: one" });
    const plan = await on("production", "deploy", "--plan");
    expect(plan).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining("~ healthcheckTimeout: 300 → 200"),
    });
    expect(plan.stdout).toMatch(/^production is .+ on Railway$/m);
    expect((await on("production", "logs")).stdout).toBe(
      "nothing serves in `production`, so there is no log",
    );

    const green = await on("production", "deploy");
    expect(green.exit, green.stderr).toBe(0);
    expect(green.stderr).toContain("✓ live: production serves the new version, and it is proven");
    expect(green.stderr).toContain("deploy-production/tiny/deployed  passed");
    expect((await settled("production")).serving).toMatchObject({ commit, proven: true });

    const again = await on("production", "deploy");
    expect(again.exit).toBe(0);
    expect(again.stderr).toContain("it serves already; nothing was deployed");
    expect(again.stderr).toContain("✓ live: production serves this version already");
    const status = await on("production", "status");
    expect(status.stdout).toMatch(/^production on Railway$/m);

    expect(again.stderr).not.toContain("not committed");
    await writeFile(join(place.folder, "more.txt"), "more");
    expect((await on("production", "deploy")).stderr).toContain(
      "· changes that are not committed are not part of it",
    );

    await place.commit({ message: "feat: two", behaves: { health: [{ status: 503 }] } });
    const never = await on("production", "deploy");
    expect(never.exit, never.stderr).toBe(1);
    expect(never.stderr).toContain("✗ never-live: production started the new version");
    expect(never.stderr).toContain("the old version never stopped serving");
    expect(never.stderr).toContain("  build │ Healthcheck failed with status 503");
    expect(green.stderr).not.toContain("│");

    await place.commit({ message: "feat: three", tests: "fail" });
    const red = await on("production", "deploy", "--json");
    expect(red.exit, red.stderr).toBe(1);
    expect(red.stderr).toContain("rolled back: the version before it serves again, and is proven");
    const run = runSchema.parse(JSON.parse(red.stdout));
    expect(run.deployment).toMatchObject({
      verdict: "tests-failed",
      rollback: "done",
      serving: { commit },
    });
    expect((await settled("production")).serving).toMatchObject({ commit, proven: true });
    expect(await uploads("production")).toBe(3);

    const verified = await on("production", "verify");
    expect(verified).toMatchObject({ exit: 0, stdout: "✓ live: production serves as it should" });
    const logs = await on("production", "logs", "--json");
    expect(JSON.parse(logs.stdout).lines).toContain("Listening");
    const history = await on("production", "history", "--json");
    const { attempts, breaks } = JSON.parse(history.stdout);
    expect(attempts.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "tests-failed",
      "never-live",
      "live",
    ]);
    expect(breaks).toEqual([]);

    // The record alone is read: the provider's own token is not asked for.
    const measured = await place.gantry(["dashboard", "--json"], { RAILWAY_TOKEN: "" });
    expect(measured.exit, measured.stderr).toBe(0);
    const { environments } = dashboardSchema.parse(JSON.parse(measured.stdout));
    expect(environments.find(({ name }) => name === "production")).toMatchObject({
      attempts: 3,
      proven: 1,
      failed: 2,
    });
  });

  it("on a push to main: ci and report change nothing anywhere, and only deploy deploys", async () => {
    await place.commit({ message: "feat: pushed" });
    // All that both stand-ins know, but for their clocks.
    const world = async (): Promise<unknown> => [
      { ...(await place.railway.steer<object>("state")), now: 0 },
      { ...(await place.github.steer<object>("state")), now: 0 },
    ];
    const [before, sent] = [await world(), await uploads("production")];
    const ci = await place.gantry(["ci", "--event", "push", "--branch", "main"]);
    expect(ci.exit, ci.stderr).toBe(0);
    expect(ci.stdout + ci.stderr).toMatch(/deploy-production.* skipped.* an act/);
    expect((await place.gantry(["report"])).exit).toBe(0);
    expect(await world()).toEqual(before);
    expect((await on("production", "deploy")).exit).toBe(0);
    expect((await place.gantry(["report"])).exit).toBe(0);
    expect(await uploads("production")).toBe(sent + 1);
  });

  it("goes back once, once more, and to a tag; and promotes what is proven", async () => {
    const commits: string[] = [];
    for (const version of ["v1.0.0", "v1.1.0", "v1.2.0"]) {
      commits.push(await place.commit({ message: `feat: ${version}` }));
      await place.git("tag", version);
      expect((await on("staging", "deploy")).exit).toBe(0);
    }
    const sent = await uploads("staging");
    for (const [args, exit, serves] of [
      [["rollback"], 0, 1],
      [["rollback"], 0, 0],
      [["rollback", "--to", "v1.2.0"], 0, 2],
      [["deploy", "--ref", "v1.0.0"], 0, 0],
    ] as const) {
      const end = await on("staging", ...args);
      expect(end.exit, end.stderr).toBe(exit);
      expect((await settled("staging")).serving.commit).toBe(commits[serves]);
    }
    const known = (await settled("staging")).serving.id;
    const back = await on("staging", "rollback", "--to", "v1.0.0");
    expect(back.stderr).toContain("it serves already; nothing was deployed");
    expect((await settled("staging")).serving.id).toBe(known);
    // What Railway still holds was brought back there; only the tag was sent again.
    expect(await uploads("staging")).toBe(sent + 1);

    const promoted = await place.gantry(["promote", "--from", "staging", "--to", "production"]);
    expect(promoted.exit, promoted.stderr).toBe(0);
    expect(promoted.stderr).toContain("✓ live: production");
    expect((await settled("production")).serving.commit).toBe(commits[0]);
  });

  it("ended with SIGINT: exit 130, called off, nothing held, and the next goes on", async () => {
    const commit = await place.commit({ message: "feat: interrupted" });
    await place.railway.steer("fault-on-deployment", { fault: { name: "stuck", in: "BUILDING" } });
    const running = place.start(["deploy", "--env", "staging"]);
    await running.says("building (BUILDING)");
    running.kill("SIGINT");
    const end = await running.end;
    expect(end.exit, end.stderr).toBe(130);
    expect(end.stderr).toContain("cancelled: staging was left while a deploy was under way");
    const journal = await place.railway.steer<readonly { kind: string }[]>("journal");
    expect(journal.some(({ kind }) => kind === "cancelled")).toBe(true);
    const { lock, leftOver } = JSON.parse((await on("staging", "status", "--json")).stdout);
    expect({ lock, leftOver }).toEqual({ lock: null, leftOver: [] });
    expect((await on("staging", "deploy")).exit).toBe(0);
    expect((await settled("staging")).serving.commit).toBe(commit);
  });

  it("killed with SIGKILL: locked by name, unlocked by hand, and picked up by the next", async () => {
    const commit = await place.commit({ message: "feat: killed" });
    const sent = await uploads("staging");
    // The first look after the upload takes its time: long enough to be killed in it.
    const slow = { operation: "deployment", fault: { name: "delay", seconds: 20 } };
    await place.railway.steer("fault-on-request", slow);
    const running = place.start(["deploy", "--env", "staging"]);
    await running.says("▶ follows deployment");
    running.kill("SIGKILL");
    expect(await running.end).toMatchObject({ signal: "SIGKILL" });
    await place.railway.steer("clear-faults");

    const locked = await on("staging", "deploy");
    expect(locked.exit, locked.stderr).toBe(3);
    expect(locked.stderr).toContain("locked: staging is being deployed by somebody else");
    expect(locked.stderr).toContain("has held it since");
    expect((await on("staging", "status")).stdout).toContain("held by");

    const unlocked = await on("staging", "unlock");
    expect(unlocked).toMatchObject({ exit: 0, stdout: expect.stringContaining("unlocked: ") });
    const next = await on("staging", "deploy");
    expect(next.exit, next.stderr).toBe(0);
    expect(next.stderr).toMatch(/picks up deploy d\S+, which .* has left under-way/);
    expect(await uploads("staging")).toBe(sent + 1);
    expect((await settled("staging")).serving).toMatchObject({ commit, proven: true });
  });

  it("shows no token: on the screen, in a file, in the record, in a process list", async () => {
    const { secrets, folder, github, railway } = place;
    await place.commit({ message: "feat: secret" });
    const watch = watchCommandLines(secrets, ".gantry/compiled/bin-");
    const verbose = await on("production", "deploy", "--verbose");
    const { found, seen } = await watch.stop();
    expect(verbose.exit, verbose.stderr).toBe(0);
    expect(found).toEqual([]);
    expect(seen).toBeGreaterThan(0);
    const unwanted = ["a-wrong-railway-token", "a-wrong-github-token"];
    const env = { RAILWAY_TOKEN: unwanted[0], GITHUB_TOKEN: unwanted[1] };
    const refused = await place.gantry(["deploy", "--env", "production"], env);
    expect(refused).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining(
        "does not accept the token for this: Not Authorized (RAILWAY_TOKEN)",
      ),
    });
    const all = [...secrets, ...unwanted];
    const texts = [
      ...place.outputs,
      JSON.stringify(await github.steer("state")),
      JSON.stringify(await railway.steer("state")),
    ];
    expect(texts.filter((text) => all.some((secret) => text.includes(secret)))).toEqual([]);
    expect(await filesWith(join(folder, ".gantry"), all)).toEqual([]);
  });

  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, number, string]>([
    [
      "no Railway token",
      ["deploy", "--env", "production"],
      { RAILWAY_TOKEN: "" },
      2,
      "set RAILWAY_TOKEN in this environment",
    ],
    [
      "no GitHub token",
      ["status", "--env", "production"],
      { GITHUB_TOKEN: "" },
      2,
      "set GITHUB_TOKEN (it may write deployments)",
    ],
    [
      "an unknown environment",
      ["deploy", "--env", "prodution"],
      {},
      2,
      "write `production` (GANTRY-ENVIRONMENT-UNKNOWN)",
    ],
    [
      "an unknown ref",
      ["deploy", "--env", "production", "--ref", "v9"],
      {},
      2,
      "(GANTRY-REF-UNKNOWN)",
    ],
    [
      "a ref that looks like an option",
      ["deploy", "--env", "production", "--ref=--upload-pack=x"],
      {},
      2,
      "(GANTRY-REF-UNKNOWN)",
    ],
    [
      "a time that is none",
      ["deploy", "--env", "production", "--wait", "soon"],
      {},
      2,
      "It is a number of seconds.",
    ],
    [
      "an unknown deployment",
      ["logs", "--env", "production", "--deployment", "none"],
      {},
      3,
      "(GANTRY-PROVIDER)",
    ],
    [
      "a GitHub that does not answer",
      ["status", "--env", "production"],
      { GITHUB_API_URL: "http://127.0.0.1:9" },
      3,
      "(GANTRY-RECORD)",
    ],
    [
      "a GitHub token that is not accepted",
      ["history", "--env", "production"],
      { GITHUB_TOKEN: "wrong" },
      3,
      "a GITHUB_TOKEN that may read and write deployments",
    ],
  ])("%s: an error with its mend", async (_, args, env, exit, words) => {
    const end = await place.gantry(args, env);
    expect(end.exit, end.stderr).toBe(exit);
    expect(end.stderr).toContain(words);
    expect(end.stdout).toBe("");
  });

  it("gives errors to programs as a document", async () => {
    const end = await on("prodution", "deploy", "--json");
    expect(end.exit).toBe(2);
    expect(JSON.parse(end.stdout)).toMatchObject({
      errors: [{ code: "GANTRY-ENVIRONMENT-UNKNOWN" }],
    });
  });
});
