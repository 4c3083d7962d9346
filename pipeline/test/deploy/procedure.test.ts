import { describe, expect, it } from "vitest";
import { conclude, goOn, keepHold } from "../../src/deploy/procedure/conclude.ts";
import { deploy } from "../../src/deploy/procedure/deploy.ts";
import type { Ended } from "../../src/deploy/procedure/end.ts";
import { breaksIn, servingLine } from "../../src/deploy/records/history.ts";
import { readStandings } from "../../src/deploy/records/journal.ts";
import type { Behaviour } from "./simulated/behaviour.ts";
import { commit, type Simulation, simulate, wanted } from "./simulated/world.ts";

async function deployed(
  simulation: Simulation,
  digit: number,
  owner = `run-${digit}`,
): Promise<Ended> {
  const end = await deploy(simulation.run(owner), { ...wanted, commit: commit(digit) });
  if (end.kind !== "ended") throw new Error("it wants tests");
  return end;
}

/** An environment in which version 1 serves and is proven. */
async function withOneVersion(): Promise<Simulation> {
  const simulation = simulate();
  expect((await deployed(simulation, 1)).verdict).toBe("live");
  return simulation;
}

async function standings(simulation: Simulation) {
  const read = await readStandings(simulation.store, 50);
  if (read.kind !== "ok") throw new Error(read.kind);
  return read.value;
}

describe("a deploy", () => {
  it("ends live, proven and recorded", async () => {
    const simulation = await withOneVersion();
    expect(simulation.place.serving()?.commit).toBe(commit(1));
    const [only] = await standings(simulation);
    expect(only?.attempt.entries.map(({ event }) => event)).toEqual([
      "sending",
      "accepted",
      "live",
      "healthy",
      "proven",
      "ended",
    ]);
    expect(only?.leaseUntil).toBe(0);
  });

  const cases: readonly [string, Behaviour, Partial<Ended>, "old" | "new"][] = [
    [
      "cannot be built",
      { build: "fails" },
      { verdict: "build-failed", rollback: "not-needed" },
      "old",
    ],
    [
      "never passes the health check",
      { start: "fails" },
      { verdict: "never-live", rollback: "not-needed" },
      "old",
    ],
    [
      "needs approval",
      { start: "needs-approval" },
      { verdict: "needs-approval", rollback: "not-needed" },
      "old",
    ],
    ["is skipped", { start: "skipped" }, { verdict: "skipped", rollback: "not-needed" }, "old"],
    [
      "is removed under way",
      { start: "removed" },
      { verdict: "superseded", rollback: "not-needed" },
      "old",
    ],
    ["is stuck", { build: "never-ends" }, { verdict: "timed-out", rollback: "not-needed" }, "old"],
    [
      "is stuck, and goes live when called off",
      { build: "never-ends", ignoresCancel: true },
      { verdict: "live", rollback: "not-needed" },
      "new",
    ],
    ["answers with a page", { answers: "html" }, { verdict: "unhealthy", rollback: "done" }, "old"],
    ["answers 500", { answers: "500" }, { verdict: "unhealthy", rollback: "done" }, "old"],
    ["flaps", { answers: "flapping" }, { verdict: "unhealthy", rollback: "done" }, "old"],
    [
      "does not say who it is",
      { answers: "without-identity" },
      { verdict: "unidentified", rollback: "done" },
      "old",
    ],
    [
      "is another one",
      { answers: "old-version" },
      { verdict: "wrong-version", rollback: "done" },
      "old",
    ],
    ["dies after 10 s", { crashesAfter: 10 }, { verdict: "crashed", rollback: "done" }, "old"],
    [
      "dies during the tests",
      { crashesAfter: 18 },
      { verdict: "crashed", rollback: "done" },
      "old",
    ],
    ["fails its tests", { tests: "fail" }, { verdict: "tests-failed", rollback: "done" }, "old"],
    [
      "cannot be tested",
      { tests: "not-run" },
      { verdict: "unproven", rollback: "not-needed" },
      "new",
    ],
  ];
  it.each(cases)("of a version that %s", async (_, behaviour, expected, serves) => {
    const simulation = await withOneVersion();
    simulation.place.behaviour = behaviour;
    simulation.tests = behaviour.tests;
    const end = await deployed(simulation, 2);
    expect(end).toMatchObject(expected);
    expect(end.why.join("; ")).not.toBe("");
    expect(simulation.place.serving()?.commit).toBe(commit(serves === "old" ? 1 : 2));
    expect(end.serving?.commit).toBe(
      expected.verdict === "superseded" ? commit(1) : commit(serves === "old" ? 1 : 2),
    );
    const read = await simulation.store.attempts(50);
    expect(breaksIn(read.kind === "ok" ? read.value : [])).toEqual([]);
    expect(servingLine(await standings(simulation)).at(-1)?.serving?.commit).toBe(
      simulation.place.serving()?.commit,
    );
  });

  it("of a first version that fails says that there is nothing to go back to", async () => {
    const simulation = simulate();
    simulation.place.behaviour = { answers: "500" };
    expect(await deployed(simulation, 1)).toMatchObject({
      verdict: "unhealthy",
      rollback: "impossible",
    });
  });

  it("whose old version nobody can ask is left open, and proven by the next run", async () => {
    const simulation = await withOneVersion();
    simulation.place.behaviour = { answers: "500" };
    const run = simulation.run("blind");
    const problem = "the name sim is not known";
    const end = await deploy(
      {
        ...run,
        ask: async (base, expected) =>
          simulation.place.serving()?.backOf
            ? { ok: false, problem, unreachable: true }
            : run.ask(base, expected),
      },
      { ...wanted, commit: commit(2) },
    );
    expect(end).toMatchObject({ kind: "ended", verdict: "unknown" });
    expect(end.kind === "ended" && end.why.at(-1)).toContain(problem);
    const [last] = await standings(simulation);
    expect(last).toMatchObject({ state: { at: "brought-back" }, leaseUntil: 0 });
    const next = await deployed(simulation, 2, "next");
    expect(next).toMatchObject({ verdict: "unhealthy", rollback: "done" });
    expect(simulation.place.versions).toHaveLength(3);
  });

  it("says so where the old version is no longer kept", async () => {
    const simulation = await withOneVersion();
    simulation.place.retention = 1;
    simulation.place.behaviour = { answers: "500" };
    const end = await deployed(simulation, 2);
    expect(end).toMatchObject({ verdict: "unhealthy", rollback: "impossible" });
    expect(end.why.at(-1)).toContain("no longer holds v1");
  });

  it("of what serves already deploys nothing, and asks whether it is well", async () => {
    const simulation = await withOneVersion();
    const again = await deployed(simulation, 1, "another");
    expect(again).toMatchObject({ verdict: "live", attempt: undefined });
    expect(simulation.place.versions).toHaveLength(1);
  });

  it("of what serves already is made when it is asked for by its own word", async () => {
    const simulation = await withOneVersion();
    const run = simulation.run("another");
    const end = await deploy(run, { ...wanted, commit: commit(1), again: true });
    expect(end).toMatchObject({ verdict: "live" });
    expect(simulation.place.versions).toHaveLength(2);
  });

  it("back to what serves already brings nothing back; to an earlier one of the same commit it does", async () => {
    const simulation = await withOneVersion();
    const [first] = simulation.place.versions;
    const back = { id: first?.id ?? "", commit: commit(1) };
    const toIt = { ...wanted, kind: "rollback", commit: commit(1), back } as const;
    const same = await deploy(simulation.run("same"), toIt);
    expect(same).toMatchObject({ verdict: "live", attempt: undefined });
    expect(simulation.place.versions).toHaveLength(1);
    const again = { ...wanted, commit: commit(1), again: true };
    expect(await deploy(simulation.run("again"), again)).toMatchObject({ verdict: "live" });
    expect(await deploy(simulation.run("earlier"), toIt)).toMatchObject({ verdict: "live" });
    expect(simulation.place.serving()?.backOf).toBe(first?.id);
  });

  it("is refused by name while another one goes on", async () => {
    const simulation = simulate();
    let goOn: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const calm = simulation.run("first");
    const first = { ...calm, sleep: (seconds: number) => waits.then(() => calm.sleep(seconds)) };
    const held = deploy(first, { ...wanted, commit: commit(1) });
    while (simulation.place.versions.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const second = await deployed(simulation, 2, "second");
    expect(second.verdict).toBe("locked");
    expect(second.why.join()).toContain("first");
    goOn();
    expect(await held).toMatchObject({ verdict: "live" });
    expect(simulation.place.versions).toHaveLength(1);
  });

  it("ended by a signal calls the deployment off", async () => {
    const simulation = await withOneVersion();
    simulation.place.behaviour = { build: "never-ends" };
    const stop = new AbortController();
    const run = simulation.run("stopped", { signal: stop.signal });
    const world = {
      ...run,
      async sleep(seconds: number) {
        simulation.clock.pass(seconds);
        stop.abort();
      },
    };
    const end = await deploy(world, { ...wanted, commit: commit(2) });
    expect(end).toMatchObject({ verdict: "cancelled", rollback: "not-needed" });
    expect(simulation.place.versions[1]?.cancelled).toBe(true);
    expect((await standings(simulation)).every(({ leaseUntil }) => leaseUntil === 0)).toBe(true);
  });

  it("leaves the tests to the caller where it has none, and concludes with how they ended", async () => {
    const simulation = await withOneVersion();
    const { tests: _, ...world } = simulation.run("in a container");
    const end = await deploy({ ...world, tests: undefined }, { ...wanted, commit: commit(2) });
    if (end.kind !== "wants-tests") throw new Error(end.verdict);
    expect(await conclude(world, end.key, { kind: "failed", why: "no" })).toMatchObject({
      verdict: "tests-failed",
      rollback: "done",
    });
    expect(simulation.place.serving()?.commit).toBe(commit(1));
  });
});

describe("a deploy whose tests are the caller's", () => {
  /** A run whose tests are elsewhere, and which ends before it hears of them. */
  async function leftWithoutTests(owner: string) {
    const simulation = await withOneVersion();
    const left = { ...simulation.run(owner), tests: undefined };
    const end = await deploy(left, { ...wanted, commit: commit(2) });
    if (end.kind !== "wants-tests") throw new Error(end.verdict);
    return { simulation, left, key: end.key, target: end.target };
  }

  it("says what is to be tested, and where", async () => {
    const { simulation, target } = await leftWithoutTests("first");
    expect(target).toEqual({
      url: expect.stringMatching(/^https?:/),
      commit: commit(2),
      deployment: simulation.place.serving()?.id,
    });
  });

  it("keeps its hold while they run, and is told once it is lost", async () => {
    const { simulation, left, key } = await leftWithoutTests("first");
    const { leaseSeconds } = left.settings;
    simulation.clock.pass(leaseSeconds * 0.9);
    expect(await keepHold(left, key)).toBe(true);
    simulation.clock.pass(leaseSeconds * 0.9);
    expect(await keepHold(simulation.run("other"), key)).toBe(false);
    expect(await keepHold(left, key)).toBe(true);
    simulation.clock.pass(leaseSeconds * 1.1);
    expect(await keepHold(left, key)).toBe(false);
    expect(await keepHold(left, "no such attempt")).toBe(false);
  });

  it("tests what another run has left, and then deploys what is wanted", async () => {
    const { simulation, left, key } = await leftWithoutTests("gone");
    simulation.clock.pass(left.settings.leaseSeconds + 1);
    const world = { ...simulation.run("next"), tests: undefined };
    const mine = { ...wanted, commit: commit(3) };
    const picked = await deploy(world, mine);
    expect(picked).toMatchObject({ kind: "wants-tests", key, target: { commit: commit(2) } });
    const own = await goOn(world, mine, { key, end: { kind: "passed" } });
    if (own.kind !== "wants-tests") throw new Error(own.verdict);
    expect(own.target.commit).toBe(commit(3));
    const end = await goOn(world, mine, { key: own.key, end: { kind: "passed" } });
    expect(end).toMatchObject({ kind: "ended", verdict: "live", serving: { commit: commit(3) } });
  });

  it("has nothing left to do where the other run wanted the same", async () => {
    const { simulation, left, key } = await leftWithoutTests("gone");
    simulation.clock.pass(left.settings.leaseSeconds + 1);
    const world = { ...simulation.run("next"), tests: undefined };
    const mine = { ...wanted, commit: commit(2) };
    expect(await deploy(world, mine)).toMatchObject({ kind: "wants-tests", key });
    const end = await goOn(world, mine, { key, end: { kind: "passed" } });
    expect(end).toMatchObject({ verdict: "live", serving: { commit: commit(2) } });
    expect(simulation.place.versions).toHaveLength(2);
  });
});

describe("a run that was silent for too long", () => {
  it("does nothing more once another has taken its deploy over", async () => {
    const simulation = await withOneVersion();
    simulation.place.behaviour = { tests: "fail" };
    simulation.tests = "fail";
    const run = simulation.run("silent");
    let other: Ended | undefined;
    const stalled = {
      ...run,
      async sleep(seconds: number) {
        simulation.clock.pass(seconds);
        if (other || simulation.place.versions.length < 2) return;
        simulation.clock.pass(run.settings.leaseSeconds);
        other = await deployed(simulation, 3, "awake");
      },
    };
    const end = await deploy(stalled, { ...wanted, commit: commit(2) });
    expect(end).toMatchObject({ kind: "ended", verdict: "unknown" });
    expect(other?.verdict).toBe("tests-failed");
    expect(simulation.place.serving()?.commit).toBe(commit(1));
    // Its own, taken over by the other; the other's; and each rolled back once.
    const made = simulation.place.versions.map((one) => [one.commit[0], one.backOf !== undefined]);
    expect(made).toEqual([
      ["1", false],
      ["2", false],
      ["1", true],
      ["3", false],
      ["1", true],
    ]);
    expect((await standings(simulation)).every(({ state }) => state.at === "ended")).toBe(true);
  });
});
