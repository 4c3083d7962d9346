import { describe, expect, it } from "vitest";
import type { Ended } from "../../src/deploy/procedure/end.ts";
import { generator, pick } from "../builders/chance.ts";
import type { Fault as GithubFault } from "../stand-ins/github/fault.ts";
import {
  type Behaviour,
  flapping,
  htmlPage,
  unhealthyLive,
  well,
} from "../stand-ins/railway/apps/behaviour.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import type { DeploymentFault, RequestFault } from "../stand-ins/railway/faults/fault.ts";
import { check, servingCommit } from "./both/check.ts";
import { openSite, type Site } from "./both/site.ts";
import { Killed, type Schedule } from "./simulated/faults.ts";

const requests: readonly RequestFault[] = [
  { name: "drop-before" },
  { name: "drop-after" },
  { name: "truncate" },
  { name: "rate-limited", retryAfterSeconds: 20 },
  { name: "status", status: 503 },
  { name: "status", status: 502, applied: true },
  { name: "html" },
  { name: "html", applied: true },
  { name: "missing-field", field: "status" },
  { name: "unknown-status", said: "TELEPORTING" },
];
const operations = [
  "*",
  "up",
  "up",
  "deployment",
  "deployments",
  "serviceInstance",
  "variableCollectionUpsert",
  "deploymentRollback",
  "deploymentRollback",
  "deploymentCancel",
];
const records: readonly GithubFault[] = [
  { name: "drop-before" },
  { name: "drop-after" },
  { name: "truncate" },
  { name: "status", status: 502 },
  { name: "status", status: 503, applied: true },
  { name: "html", applied: true },
  { name: "rate-limited", seconds: 20, how: "secondary" },
  { name: "missing-field", field: "id" },
];
const recordOperations = [
  "*",
  "repos/create-deployment",
  "repos/create-deployment-status",
  "repos/create-deployment-status",
  "repos/list-deployments",
  "repos/list-deployment-statuses",
];
const deployments: readonly (DeploymentFault | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  { name: "build-fails" },
  { name: "stuck", in: "BUILDING" },
  { name: "survives-cancel" },
  { name: "crashes-after-success", seconds: 8 },
  { name: "becomes", in: "QUEUED", status: "SKIPPED" },
];
const behaviours: readonly Behaviour[] = [well, well, well, flapping, htmlPage, unhealthyLive];

type Random = () => number;

/** Arms what befalls the runs, and says it. */
function arm({ railway, github }: Site, random: Random): readonly string[] {
  const armed: string[] = [];
  const some = (most: number): number => Math.floor(random() * (most + 1));
  railway.behave(pick(behaviours, random));
  const deployment = pick(deployments, random);
  if (deployment) railway.faults.onDeployment(deployment);
  armed.push(JSON.stringify(railway.world.options.behaviour), JSON.stringify(deployment));
  for (let count = some(3); count > 0; count -= 1) {
    const [operation, fault] = [pick(operations, random), pick(requests, random)];
    const how = { after: some(operation === "*" ? 25 : 2), times: 1 + some(2) };
    railway.faults.onRequest(operation, fault, how);
    armed.push(JSON.stringify({ operation, fault, how }));
  }
  for (let count = some(3); count > 0; count -= 1) {
    const [operation, fault] = [pick(recordOperations, random), pick(records, random)];
    const how = { after: some(8), times: 1 + some(1) };
    github.faults.arm(operation, fault, how);
    armed.push(JSON.stringify({ operation, fault, how }));
  }
  return armed;
}

/** Kills a run at one of its calls, or none. */
function killing(random: Random, armed: string[]): Schedule {
  const at = random() < 0.4 ? 1 + Math.floor(random() * 30) : 0;
  const how = random() < 0.5 ? "kill-before" : "kill-after";
  let count = 0;
  return {
    strike(call) {
      count += 1;
      if (count !== at) return undefined;
      armed.push(`${how} ${call}`);
      return how;
    },
  };
}

const calm: Schedule = { strike: () => undefined };

/** Runs follow each other, as CI would start them again, until one says how it is. */
async function untilTheEnd(site: Site, random: Random, armed: string[]): Promise<Ended> {
  for (let round = 1; round <= 10; round += 1) {
    if (round === 4) {
      site.railway.faults.clear();
      site.github.faults.clear();
    }
    const schedule = round < 4 ? killing(random, armed) : calm;
    const end = await site
      .deploy(1, { owner: `run ${round}`, schedule })
      .catch((error: unknown) => {
        if (error instanceof Killed) return undefined;
        throw error;
      });
    armed.push(`run ${round}: ${end?.verdict}`);
    if (end && !["unknown", "locked"].includes(end.verdict)) return end;
    await site.advance(round * 100);
  }
  throw new Error("no run came to an end");
}

async function checkOutcome(site: Site, end: Ended): Promise<void> {
  site.railway.faults.clear();
  site.github.faults.clear();
  await check(site, end);
  const [before, wanted] = site.commits;
  if (end.verdict === "live") {
    expect(servingCommit(site), "a green that was not earned").toBe(wanted);
    const { healthLive, health } = site.railway.world.options.behaviour;
    expect(healthLive ?? health, "a green that was not earned").toEqual(well.health);
  } else if (end.rollback === "done" || end.rollback === "not-needed") {
    expect(servingCommit(site), `${end.verdict}, ${end.rollback}`).toBe(before);
  }
}

describe.skipIf(!hasSchema)("random faults of both stand-ins (needs railway.json)", () => {
  const base = Number(process.env.GANTRY_TEST_SEED ?? 1);
  const schedules = Number(process.env.GANTRY_TEST_SCHEDULES ?? 100);
  it(`${schedules} schedules from seed ${base} (GANTRY_TEST_SEED)`, {
    timeout: 300_000,
  }, async () => {
    const verdicts = new Map<string, number>();
    for (let seed = base; seed < base + schedules; seed += 1) {
      const random = generator(seed);
      const site = await openSite();
      const armed: string[] = [];
      try {
        await site.deploy(0, { owner: "before" });
        armed.push(...arm(site, random));
        const end = await untilTheEnd(site, random, armed);
        verdicts.set(end.verdict, (verdicts.get(end.verdict) ?? 0) + 1);
        await checkOutcome(site, end);
      } catch (error) {
        throw new Error(`seed ${seed}:\n${armed.join("\n")}`, { cause: error });
      } finally {
        await site.close();
      }
    }
    // Schedules that let nothing through would prove nothing.
    expect(verdicts.get("live") ?? 0).toBeGreaterThan(schedules / 5);
    expect(verdicts.size).toBeGreaterThan(4);
  });
});
