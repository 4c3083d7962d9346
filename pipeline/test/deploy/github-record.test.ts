import { describe, expect, it } from "vitest";
import { deploy } from "../../src/deploy/procedure/deploy.ts";
import { breaksIn } from "../../src/deploy/records/history.ts";
import { openAttempt } from "../../src/deploy/records/journal.ts";
import { standingOf } from "../../src/deploy/records/state.ts";
import { createDeployment } from "../../src/github/client/index.ts";
import { connectTo } from "../github/connect.ts";
import { expectOk } from "../github/expect-ok.ts";
import type { Fault } from "../stand-ins/github/fault.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { check, checkPaused, servingCommit, uploads } from "./both/check.ts";
import { eachWithSite } from "./both/each.ts";
import type { Site } from "./both/site.ts";

const create = "repos/create-deployment";
const append = "repos/create-deployment-status";
const list = "repos/list-deployments";

describe.skipIf(!hasSchema)("the record at GitHub when it goes wrong (needs railway.json)", () => {
  const world = eachWithSite();

  const lostAnswers: readonly Fault[] = [
    { name: "drop-before" },
    { name: "drop-after" },
    { name: "truncate" },
    { name: "status", status: 502 },
    { name: "status", status: 502, applied: true },
    { name: "html", applied: true },
    { name: "missing-field", field: "id" },
  ];
  it.each(lostAnswers)("%j as an attempt is opened: one attempt", async (fault) => {
    const site = world();
    site.github.faults.arm(create, fault);
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "live" });
    expect(site.github.world.deployments).toHaveLength(2);
    await check(site, end);
  });

  it.each(lostAnswers)("%j as a change is recorded: one entry each", async (fault) => {
    const site = world();
    for (const after of [0, 2, 5]) site.github.faults.arm(append, fault, { after });
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "live" });
    const said = site.github.world.deployments
      .at(-1)
      ?.statuses.map(({ description }) => description);
    expect(new Set(said).size).toBe(said?.length);
    await check(site, end);
  });

  it.each<Fault>([
    { name: "rate-limited", seconds: 30, how: "retry-after" },
    { name: "rate-limited", seconds: 30, how: "quota" },
    { name: "rate-limited", seconds: 60, how: "secondary" },
  ])("%j: waited for", async (fault) => {
    const site = world();
    site.github.faults.arm(append, fault, { after: 1 });
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "live" });
    await check(site, end);
  });

  it("no answer for long: unknown, nothing begun without a record", async () => {
    const site = world();
    site.github.faults.arm(list, { name: "status", status: 503 }, { times: 20 });
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "unknown", attempt: undefined });
    expect(uploads(site)).toHaveLength(1);
    site.github.faults.clear();
    await checkPaused(site);
  });

  it("silent in the middle of a deploy: held until the lease ends, then picked up", async () => {
    const site = world();
    site.github.faults.arm(append, { name: "status", status: 503 }, { after: 2, times: 1000 });
    const end = await site.deploy(1, { owner: "unheard" });
    expect(end).toMatchObject({ verdict: "unknown" });
    expect(end.why.join()).toContain("the record (GitHub Deployments of octo/rose)");
    site.github.faults.clear();
    await site.advance(600);
    const next = await site.deploy(1, { owner: "next" });
    expect(next).toMatchObject({ verdict: "live" });
    expect(uploads(site)).toHaveLength(2);
    await check(site, next);
  });

  it("two open an attempt at once: the lower number has it, the other ends its own", async () => {
    const site = world();
    const [first, second] = meetAtOpening(site);
    const ends = await Promise.all(
      [first, second].map((run) =>
        deploy(run, {
          kind: "deploy",
          commit: site.commits[1],
          actor: "ada",
          again: false,
          waitSeconds: 0,
        }),
      ),
    );
    expect(site.github.world.deployments).toHaveLength(3);
    const verdicts = ends.map((end) => (end.kind === "ended" ? end.verdict : end.kind));
    expect(verdicts.toSorted()).toEqual(["live", "locked"]);
    expect(uploads(site)).toHaveLength(2);
    const winner = ends.find((end) => end.kind === "ended" && end.verdict === "live");
    if (winner?.kind !== "ended") throw new Error("nobody won");
    await check(site, winner);
  });

  it("a run that dies as it opens: what it has not begun is abandoned", async () => {
    const site = world();
    const run = site.run("dies");
    const draft = {
      kind: "deploy",
      commit: site.commits[0],
      actor: "ada",
      environment: "production",
      leaseSeconds: 600,
      provider: "railway",
      key: "d-dies",
      before: null,
    } as const;
    await expectOk(openAttempt(run.writer, () => draft));
    await site.advance(600);
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "live" });
    expect(uploads(site).map(({ variables }) => variables.GANTRY_COMMIT)).toEqual(site.commits);
    await check(site, end);
  });

  it("a stranger's deployment of the same task is none of ours", async () => {
    const site = world();
    const to = connectTo(site.github);
    for (const payload of [{}, { key: "d1", kind: "deploy" }]) {
      const theirs = { ref: "main", environment: "production", task: "gantry", payload };
      await expectOk(createDeployment(to, theirs));
    }
    const end = await site.deploy(1);
    expect(end).toMatchObject({ verdict: "live" });
    await check(site, end);
  });

  it("statuses listed in another order are read as they were written", async () => {
    const site = world();
    const end = await site.deploy(1);
    for (const one of site.github.world.deployments) one.statuses.reverse();
    const another = site.run("another").writer.store;
    const attempts = await expectOk(another.attempts(10));
    expect(attempts.map((one) => standingOf(one).state)).toMatchObject([
      { at: "ended", verdict: "live", serving: end.serving?.id },
      { at: "ended", verdict: "live" },
    ]);
    expect(breaksIn(attempts)).toEqual([]);
  });

  it("an entry that somebody changed shows as a break", async () => {
    const site = world();
    const status = site.github.world.deployments[0]?.statuses[1];
    if (!status) throw new Error("nothing was recorded");
    Object.assign(status, { description: status.description.replace("accepted", "proven") });
    const attempts = await expectOk(site.run("another").writer.store.attempts(10));
    expect(breaksIn(attempts)).toEqual([
      expect.stringContaining("one of its entries was changed or is missing"),
    ]);
  });

  it("a token that may only read: refused before anything is uploaded", async () => {
    const site = world();
    const githubToken = site.github.world.options.tokens.read;
    const end = await site.deploy(1, { githubToken });
    expect(end).toMatchObject({ verdict: "refused", attempt: undefined });
    expect(end.why.join()).toContain("does not accept the token for this");
    expect(JSON.stringify(end)).not.toContain(githubToken);
    expect(servingCommit(site)).toBe(site.commits[0]);
    expect(uploads(site)).toHaveLength(1);
    await checkPaused(site);
  });
});

/** Two runs of which neither opens an attempt before both have looked. */
function meetAtOpening(site: Site) {
  let arrived = 0;
  let go: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    go = resolve;
  });
  const meeting = (owner: string) => {
    const run = site.run(owner);
    const { store } = run.writer;
    const open: typeof store.open = async (opening) => {
      arrived += 1;
      if (arrived === 2) go();
      await both;
      return store.open(opening);
    };
    return { ...run, writer: { ...run.writer, store: { ...store, open } } };
  };
  return [meeting("run A"), meeting("run B")] as const;
}
