import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { flapping, neverHealthy, unhealthyLive } from "./apps/behaviour.ts";
import { ask, hasSchema, healthOf, send, statusOf, untilLive, upload } from "./ask.ts";
import { type RailwayStandIn, startRailway } from "./stand-in.ts";

describe.skipIf(!hasSchema)("the stand-in for Railway (needs railway.json)", () => {
  let railway: RailwayStandIn;
  beforeEach(async () => {
    railway = await startRailway();
  });
  afterEach(() => railway.close());

  const goLive = async (...given: [Parameters<typeof upload>[1]?]) => {
    const id = await upload(railway, ...given);
    await railway.advance(untilLive);
    return id;
  };
  const created = () => railway.journal.entries.filter((entry) => entry.kind === "created");

  it("refuses what Railway's schema does not know, and makes nothing up", async () => {
    const unknown = await ask(railway, "{ deploymentz }");
    expect(unknown.errors?.[0]?.message).toMatch(/Cannot query field "deploymentz"/);
    const unserved = await ask(railway, "{ templatesCount }");
    expect(unserved.errors?.[0]?.message).toBe("The stand-in does not serve Query.templatesCount");
  });

  it("tells a wrong token apart, and keeps a project token to its environment", async () => {
    expect((await ask(railway, "{ projectToken { id } }", {}, "wrong")).errors?.[0]?.message).toBe(
      "Not Authorized",
    );
    const staging = await upload(railway, {}, railway.seeded.staging).catch(() => undefined);
    expect(staging).toBeUndefined();
    const { options } = railway.world;
    const answer = await send(railway, "x", railway.seeded.staging, options.projectToken);
    expect(answer.status).toBe(401);
    const list =
      "{ projectToken { project { environments { edges { node { name canAccess } } } } } }";
    expect(JSON.stringify(await ask(railway, list))).toMatch(
      /production","canAccess":true.*staging","canAccess":false/,
    );
  });

  it("walks an upload to success and serves it with its identity", async () => {
    const id = await upload(railway);
    const seen: string[] = [];
    for (let second = 0; second < untilLive; second += 1) {
      const status = await statusOf(railway, id);
      if (seen.at(-1) !== status) seen.push(status);
      await railway.advance(1);
    }
    expect(seen).toEqual(["QUEUED", "INITIALIZING", "BUILDING", "DEPLOYING", "SUCCESS"]);
    expect(await healthOf(railway)).toMatchObject({ httpStatus: 200, deployment: id });
  });

  it("keeps the old one serving while a new one fails Railway's health check", async () => {
    const old = await goLive();
    const bad = await upload(railway, neverHealthy);
    await railway.advance(60);
    expect(await statusOf(railway, bad)).toBe("DEPLOYING");
    await railway.advance(300);
    expect(await statusOf(railway, bad)).toBe("FAILED");
    expect(await statusOf(railway, old)).toBe("SUCCESS");
    expect(await healthOf(railway)).toMatchObject({ deployment: old });
  });

  it("removes the old one after the switch, and forgets images beyond its retention", async () => {
    railway = await restarted({ retention: 2 });
    const [first, second] = [await goLive(), await goLive()];
    expect(await statusOf(railway, first)).toBe("REMOVED");
    await goLive();
    const list = "query ($id: String!) { deployment(id: $id) { canRollback } }";
    expect((await ask(railway, list, { id: first })).data).toEqual({
      deployment: { canRollback: false },
    });
    expect((await ask(railway, list, { id: second })).data).toEqual({
      deployment: { canRollback: true },
    });
    const refused = await ask(railway, rollback, { id: first });
    expect(refused.errors?.[0]?.message).toBe("Deployment cannot be rolled back");
  });

  it("brings image and variables back on rollback, and only answers true", async () => {
    await setVariable("A", "1");
    const first = await goLive();
    await setVariable("A", "2");
    await goLive(unhealthyLive);
    expect(await healthOf(railway)).toMatchObject({ httpStatus: 503 });
    expect((await ask(railway, rollback, { id: first })).data).toEqual({
      deploymentRollback: true,
    });
    await railway.advance(untilLive);
    const newest = created().at(-1)?.deploymentId as string;
    expect(newest).not.toBe(first);
    expect(await healthOf(railway)).toMatchObject({ httpStatus: 200, deployment: newest });
    const snapshot = "query ($id: String!) { deploymentSnapshot(deploymentId: $id) { variables } }";
    expect((await ask(railway, snapshot, { id: newest })).data).toEqual({
      deploymentSnapshot: { variables: { A: "1" } },
    });
  });

  it("deploys again when a variable is set without skipDeploys", async () => {
    await goLive();
    await setVariable("A", "1");
    expect(created()).toHaveLength(1);
    await setVariable("A", "2", false);
    expect(created()).toHaveLength(2);
  });

  it("restarts what dies as its policy says, then calls it crashed", async () => {
    const id = await goLive({ diesAfterSeconds: 10 });
    await railway.advance(4.5);
    expect(await healthOf(railway)).toMatchObject({ httpStatus: 502 });
    await railway.advance(200);
    expect(await statusOf(railway, id)).toBe("CRASHED");
    expect(await healthOf(railway)).toMatchObject({ httpStatus: 502 });
  });

  it("flaps where it is told to", async () => {
    await goLive(flapping);
    const seen = [await healthOf(railway), await healthOf(railway), await healthOf(railway)];
    expect(seen.map((one) => one.httpStatus)).toEqual([200, 503, 200]);
  });

  it("cancels what is under way, and not what serves", async () => {
    const serving = await goLive();
    const building = await upload(railway);
    const cancel = "mutation ($id: String!) { deploymentCancel(id: $id) }";
    expect((await ask(railway, cancel, { id: building })).data).toEqual({ deploymentCancel: true });
    await railway.advance(untilLive);
    expect(await statusOf(railway, building)).toBe("REMOVED");
    expect((await ask(railway, cancel, { id: serving })).errors).toHaveLength(1);
  });

  it("limits requests an hour, and says when to come back", async () => {
    railway = await restarted({ requestsPerHour: 2 });
    const call = () =>
      fetch(`${railway.address}/graphql/v2`, { method: "POST", body: '{"query":"{me{id}}"}' });
    await call();
    expect((await call()).headers.get("x-ratelimit-remaining")).toBe("0");
    const refused = await call();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("3600");
    await railway.advance(3600);
    expect((await call()).status).toBe(200);
  });

  it("answers 413 to an upload that is too large and 400 to one that is no archive", async () => {
    railway = await restarted({ largestUpload: 10_000 });
    expect((await send(railway, new Uint8Array(1_000_000))).status).toBe(413);
    expect((await send(railway, "no archive")).status).toBe(400);
    expect(created()).toEqual([]);
  });

  const rollback = "mutation ($id: String!) { deploymentRollback(id: $id) }";

  async function restarted(options: Parameters<typeof startRailway>[0]) {
    await railway.close();
    return startRailway(options);
  }

  async function setVariable(name: string, value: string, skipDeploys = true) {
    const { projectId, environmentId, serviceId } = railway.seeded.production;
    const input = { projectId, environmentId, serviceId, name, value, skipDeploys };
    await ask(
      railway,
      "mutation ($input: VariableUpsertInput!) { variableUpsert(input: $input) }",
      { input },
    );
  }
});
