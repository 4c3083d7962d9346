import { describe, expect, it, onTestFinished } from "vitest";
import type { Ended } from "../../src/deploy/procedure/end.ts";
import {
  type Behaviour,
  flapping,
  htmlPage,
  unhealthyLive,
} from "../stand-ins/railway/apps/behaviour.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import type { DeploymentFault } from "../stand-ins/railway/faults/fault.ts";
import { check, checkPaused, rollbacks, servingCommit, uploads } from "./both/check.ts";
import { eachWithSite } from "./both/each.ts";
import { openSite } from "./both/site.ts";
import { Killed } from "./simulated/faults.ts";

type Outcome = readonly [verdict: Ended["verdict"], rollback: Ended["rollback"], serves: 0 | 1];

describe.skipIf(!hasSchema)("deploying to Railway, recorded at GitHub (needs railway.json)", () => {
  const world = eachWithSite();

  it.each<readonly [DeploymentFault, ...Outcome]>([
    [{ name: "stuck", in: "BUILDING" }, "timed-out", "not-needed", 0],
    [{ name: "becomes", in: "INITIALIZING", status: "REMOVED" }, "superseded", "not-needed", 0],
    [{ name: "becomes", in: "DEPLOYING", status: "REMOVED" }, "superseded", "not-needed", 0],
    [{ name: "becomes", in: "QUEUED", status: "SKIPPED" }, "skipped", "not-needed", 0],
    [{ name: "build-fails" }, "build-failed", "not-needed", 0],
    [{ name: "never-healthy" }, "timed-out", "not-needed", 0],
    [{ name: "needs-approval" }, "needs-approval", "not-needed", 0],
    [{ name: "crashes-after-success", seconds: 1 }, "crashed", "done", 0],
    [{ name: "crashes-after-success", seconds: 9 }, "crashed", "done", 0],
    [{ name: "health-flaps" }, "unhealthy", "done", 0],
  ])("%j: %s, rollback %s", async (fault, verdict, rollback, serves) => {
    const site = world();
    site.railway.faults.onDeployment(fault);
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict, rollback });
    expect(end.why.join()).not.toBe("");
    expect(servingCommit(site)).toBe(site.commits[serves]);
    await check(site, end);
  });

  it("never healthy within the provider's own time: never-live", async () => {
    const site = world();
    site.railway.faults.onDeployment({ name: "never-healthy" });
    const end = await site.deploy(1, { settings: { waitSeconds: 600 } });
    expect(end).toMatchObject({ verdict: "never-live", rollback: "not-needed" });
    expect(end.why.join("; ")).toContain("the old version never stopped serving");
    expect(rollbacks(site)).toEqual([]);
    await check(site, end);
  });

  it("stuck, called off, and live all the same: judged like any other", async () => {
    const site = world();
    site.railway.faults.onDeployment({ name: "survives-cancel" });
    const end = await site.deploy(1, { settings: { waitSeconds: 15 } });
    expect(end).toMatchObject({ verdict: "live", why: ["it went live all the same"] });
    await check(site, end);
  });

  const answers: readonly (readonly [string, Behaviour, ...Outcome])[] = [
    ["flaps", flapping, "unhealthy", "done", 0],
    ["answers 503 once it is live", unhealthyLive, "unhealthy", "done", 0],
    ["starts slowly", { bootSeconds: 60 }, "live", "not-needed", 1],
    ["answers as the old version", { identity: { deployment: "old" } }, "wrong-version", "done", 0],
    [
      "answers with the old commit",
      { identity: { deployment: null, commit: "0".repeat(40) } },
      "wrong-version",
      "done",
      0,
    ],
    [
      "does not say who it is",
      { identity: { deployment: null, commit: null } },
      "unidentified",
      "done",
      0,
    ],
    ["answers with a page", htmlPage, "unhealthy", "done", 0],
    ["redirects in a loop", { healthLive: [{ redirect: "/api/health" }] }, "unhealthy", "done", 0],
    ["never ends its body", { healthLive: [{ endless: true }] }, "unhealthy", "done", 0],
  ];
  it.each(answers)("a version that %s", async (_, behaviour, verdict, rollback, serves) => {
    const site = world();
    site.railway.behave(behaviour);
    const end = await site.deploy(1, { askMilliseconds: behaviour.healthLive ? 500 : 20_000 });
    expect(end).toMatchObject({ verdict, rollback });
    expect(servingCommit(site)).toBe(site.commits[serves]);
    await check(site, end);
  });

  it.each([
    ["NEVER", "crashed"],
    ["ON_FAILURE", "unhealthy"],
  ] as const)("answers for 10 s and dies, restarted %s: rolled back", async (policy, verdict) => {
    const site = world();
    site.railway.behave({ diesAfterSeconds: 10 });
    const end = await site.deploy(1, { wanted: { restartPolicyType: policy } });
    expect(end).toMatchObject({ verdict, rollback: "done" });
    expect(servingCommit(site)).toBe(site.commits[0]);
    await check(site, end);
  });

  it.each<readonly [DeploymentFault, string]>([
    [{ name: "never-healthy" }, "what was brought back"],
    [{ name: "crashes-after-success", seconds: 1 }, "CRASHED"],
    [{ name: "health-flaps" }, "GET /api/health: status"],
    [{ name: "stuck", in: "DEPLOYING" }, "what was brought back is not live after 300 s"],
  ])("%j of what is brought back: the rollback has failed, and why", async (fault, why) => {
    const site = world();
    site.railway.behave(unhealthyLive);
    site.railway.faults.onDeployment(fault, { after: 1 });
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "unhealthy", rollback: "failed" });
    expect(end.why.at(-1)).toContain(why);
    expect(rollbacks(site)).toHaveLength(1);
    await check(site, end);
  });

  it("fails its tests: rolled back; cannot be tested: left, and not green", async () => {
    const site = world();
    const failed = await site.deploy(1, { tests: { kind: "failed", why: "1 of 3 failed" } });
    expect(failed).toMatchObject({ verdict: "tests-failed", rollback: "done" });
    await check(site, failed);
    const unproven = await site.deploy(1, { tests: { kind: "not-run", why: "no Python here" } });
    expect(unproven).toMatchObject({ verdict: "unproven", rollback: "not-needed" });
    await check(site, unproven);
    expect(servingCommit(site)).toBe(site.commits[1]);
  });

  it("the same commit again: nothing is uploaded, and what serves is asked", async () => {
    const site = world();
    const end = await site.deploy(0, { owner: "again" });
    expect(end).toMatchObject({ verdict: "live", attempt: undefined });
    expect(uploads(site)).toHaveLength(1);
    await check(site, end);
  });

  it("two at once: one deployment, the other is locked by name", async () => {
    const site = world();
    const ends = await Promise.all([
      site.deploy(1, { owner: "run A" }),
      site.deploy(1, { owner: "run B" }),
    ]);
    const byVerdict = ends.toSorted((a, b) => a.verdict.localeCompare(b.verdict));
    expect(byVerdict.map(({ verdict }) => verdict)).toEqual(["live", "locked"]);
    expect(byVerdict[1]?.why.join()).toMatch(/run [AB] has held it/);
    expect(uploads(site)).toHaveLength(2);
    await check(site, byVerdict[0] as Ended);
  });

  it("killed between upload and verdict: held until its lease ends, then picked up", async () => {
    const site = world();
    const kill = {
      strike: (call: string) => (call === "provider.look" ? "kill-before" : undefined),
    } as const;
    await expect(site.deploy(1, { owner: "killed", schedule: kill })).rejects.toThrow(Killed);
    const early = await site.deploy(1, { owner: "early" });
    expect(early).toMatchObject({ verdict: "locked" });
    expect(early.why.join()).toContain("killed has held it");
    await site.advance(600);
    const end = await site.deploy(1, { owner: "next" });
    expect(end).toMatchObject({ verdict: "live", serving: { commit: site.commits[1] } });
    expect(uploads(site)).toHaveLength(2);
    await check(site, end);
  });

  it("ended by a signal: called off, left open and unlocked for the next", async () => {
    const site = world();
    const stop = new AbortController();
    const end = await site.deploy(1, {
      signal: stop.signal,
      onSleep: (count) => {
        if (count === 2) stop.abort();
      },
    });
    expect(end).toMatchObject({ verdict: "cancelled" });
    expect(site.railway.journal.entries.some(({ kind }) => kind === "cancelled")).toBe(true);
    await checkPaused(site);
    const next = await site.deploy(1, { owner: "next" });
    expect(next).toMatchObject({ verdict: "live" });
    await check(site, next);
  });

  it("needs less than 60 requests to Railway for a deploy of five minutes", async () => {
    const building = 280_000;
    const site = await openSite({
      durations: {
        queued: 1000,
        initializing: 1000,
        building,
        starting: 2000,
        probeEvery: 1000,
        restart: 1000,
      },
    });
    onTestFinished(() => site.close());
    const begun = site.railway.world.clock.now();
    const end = await site.deploy(0, {
      variables: { MODE: "production" },
      wanted: { numReplicas: 2 },
    });
    expect(end).toMatchObject({ verdict: "live" });
    expect(site.railway.world.clock.now() - begun).toBeGreaterThan(290_000);
    expect(site.railway.requests.length).toBeLessThan(60);
    await check(site, end);
  });
});
