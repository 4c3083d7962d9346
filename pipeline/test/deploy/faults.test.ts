import { describe, expect, it } from "vitest";
import { deploy } from "../../src/deploy/procedure/deploy.ts";
import type { Ended } from "../../src/deploy/procedure/end.ts";
import { breaksIn, servingLine } from "../../src/deploy/records/history.ts";
import { standingOf } from "../../src/deploy/records/state.ts";
import { generator, pick } from "../builders/chance.ts";
import type { Behaviour } from "./simulated/behaviour.ts";
import { type Fault, faults, Killed, type Schedule } from "./simulated/faults.ts";
import { commit, type Simulation, simulate, wanted } from "./simulated/world.ts";

const behaviours: readonly Behaviour[] = [
  {},
  {},
  {},
  { build: "fails" },
  { build: "never-ends" },
  { build: "never-ends", ignoresCancel: true },
  { start: "fails" },
  { start: "needs-approval" },
  { answers: "html" },
  { answers: "500" },
  { answers: "flapping" },
  { answers: "old-version" },
  { crashesAfter: 10 },
  { tests: "fail" },
];

const acts = new Set([
  "provider.send",
  "provider.bringBack",
  "store.append",
  "store.open",
  "provider.cancel",
]);

/** One run: its end, or nothing where it was killed. */
async function runOnce(
  simulation: Simulation,
  owner: string,
  schedule: Schedule,
): Promise<Ended | undefined> {
  try {
    const end = await deploy(simulation.run(owner, { schedule }), { ...wanted, commit: commit(2) });
    if (end.kind === "wants-tests") throw new Error("it has tests");
    return end;
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

const calm: Schedule = { strike: () => undefined };

/** Runs follow each other, as a person or CI would start them again, until one says how it is. */
async function untilTheEnd(simulation: Simulation, schedule: Schedule): Promise<Ended> {
  for (let round = 1; round <= 12; round += 1) {
    const end = await runOnce(simulation, `run-${round}`, round <= 3 ? schedule : calm);
    if (end && !["unknown", "locked"].includes(end.verdict)) return end;
    simulation.clock.pass(round * 100);
  }
  throw new Error("no run came to an end");
}

async function prepared(): Promise<Simulation> {
  const simulation = simulate();
  const first = await deploy(simulation.run("before"), { ...wanted, commit: commit(1) });
  expect(first).toMatchObject({ verdict: "live" });
  return simulation;
}

/** What must hold whatever befell the runs. */
async function check(simulation: Simulation, end: Ended): Promise<void> {
  const { place, store } = simulation;
  const read = await store.attempts(100);
  const attempts = read.kind === "ok" ? read.value : [];
  const standings = attempts.map(standingOf);

  const sent = place.versions.filter(({ backOf }) => backOf === undefined);
  expect(new Set(sent.map(({ key }) => key)).size, "a key was sent twice").toBe(sent.length);
  const back = place.versions.filter(({ backOf }) => backOf !== undefined);
  expect(back.length, "brought back twice").toBeLessThanOrEqual(attempts.length - 1);
  const live = place.versions.filter(
    (one) => one.backOf === undefined && one.commit === commit(2) && one.liveAt,
  );
  expect(live.length, "the same version went live twice").toBeLessThanOrEqual(
    standings.filter(({ attempt }) => attempt.opening.commit === commit(2)).length,
  );
  if (end.verdict === "live") expect(live.length, "deployed twice").toBe(1);

  const open = standings.filter(({ state }) => state.at !== "ended");
  expect(
    open.map(({ state }) => state.at),
    "an attempt was left",
  ).toEqual([]);
  expect(
    standings.filter(({ leaseUntil }) => leaseUntil > 0),
    "a lock was left",
  ).toEqual([]);
  expect(breaksIn(attempts), "the record is broken").toEqual([]);

  const serving = place.serving();
  if (end.verdict === "live") {
    expect(serving?.commit, "a green that was not earned").toBe(commit(2));
    expect(place.isWell(), "a green that was not earned").toBe(true);
  } else if (end.rollback === "done" || end.rollback === "not-needed") {
    expect(serving?.commit, `${end.verdict}, ${end.rollback}: what serves`).toBe(commit(1));
    expect(place.isWell(), `${end.verdict}, ${end.rollback}: the old version`).toBe(true);
  }
  const line = servingLine(standings).at(-1);
  if (end.rollback !== "failed") {
    expect(line?.serving?.id, "the record's last word on what serves").toBe(serving?.id);
  }
}

describe("killed at every step", () => {
  for (const behaviour of [
    {},
    { answers: "500" },
    { start: "fails" },
    { tests: "fail" },
  ] as Behaviour[]) {
    it(`picks up what was left (${JSON.stringify(behaviour)})`, async () => {
      for (const fault of ["kill-before", "kill-after"] as const) {
        let calls = 1;
        for (let call = 1; call <= calls; call += 1) {
          const simulation = await prepared();
          simulation.place.behaviour = behaviour;
          simulation.tests = behaviour.tests;
          let count = 0;
          let last = "";
          const schedule: Schedule = {
            strike: (name) => {
              count += 1;
              if (count === call) last = name;
              return count === call ? fault : undefined;
            },
          };
          const end = await untilTheEnd(simulation, schedule);
          calls = Math.max(calls, Math.min(count, 60));
          try {
            await check(simulation, end);
          } catch (error) {
            throw new Error(`${fault} at call ${call}, ${last}`, { cause: error });
          }
        }
      }
    });
  }
});

describe("random faults", () => {
  const base = Number(process.env.GANTRY_TEST_SEED ?? 1);
  it(`500 schedules from seed ${base} (GANTRY_TEST_SEED)`, async () => {
    const verdicts = new Map<string, number>();
    for (let seed = base; seed < base + 500; seed += 1) {
      const random = generator(seed);
      const simulation = await prepared();
      const behaviour = pick(behaviours, random);
      simulation.place.behaviour = behaviour;
      simulation.tests = behaviour.tests;
      const struck: string[] = [];
      const schedule: Schedule = {
        strike(call) {
          if (random() >= (acts.has(call) ? 0.12 : 0.04)) return undefined;
          const fault: Fault = pick(faults, random);
          struck.push(`${call}: ${fault}`);
          return fault;
        },
      };
      try {
        const end = await untilTheEnd(simulation, schedule);
        verdicts.set(end.verdict, (verdicts.get(end.verdict) ?? 0) + 1);
        await check(simulation, end);
      } catch (error) {
        const told = `seed ${seed}, ${JSON.stringify(behaviour)}, struck: ${struck.join(", ")}`;
        throw new Error(told, { cause: error });
      }
    }
    // A schedule that lets nothing through would prove nothing.
    expect(verdicts.get("live") ?? 0).toBeGreaterThan(50);
    expect(verdicts.size).toBeGreaterThan(6);
  });
});
