import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { archiveOf, ask, hasSchema, send, statusOf, untilLive, upload } from "./ask.ts";
import type { DeploymentFault, RequestFault } from "./faults/fault.ts";
import { type RailwayStandIn, startRailway } from "./stand-in.ts";

describe.skipIf(!hasSchema)("the stand-in's faults (needs railway.json)", () => {
  let railway: RailwayStandIn;
  beforeEach(async () => {
    railway = await startRailway();
  });
  afterEach(() => railway.close());

  const list = () => ask(railway, "{ deployments(input: {}) { edges { node { status } } } }");
  const created = () => railway.journal.entries.filter((entry) => entry.kind === "created").length;

  it.each<[RequestFault, number]>([
    [{ name: "drop-before" }, 0],
    [{ name: "drop-after" }, 1],
    [{ name: "truncate" }, 1],
  ])("%o: the connection is lost, %d deployed", async (fault, count) => {
    railway.faults.onRequest("up", fault);
    await expect(upload(railway)).rejects.toThrow();
    expect(created()).toBe(count);
  });

  it.each<[RequestFault, number, number]>([
    [{ name: "rate-limited", retryAfterSeconds: 7 }, 429, 0],
    [{ name: "status", status: 502 }, 502, 0],
    [{ name: "status", status: 502, applied: true }, 502, 1],
    [{ name: "status", status: 401 }, 401, 0],
    [{ name: "html", applied: true }, 200, 1],
    [{ name: "errors", message: "no" }, 200, 0],
  ])("%o: the upload answers %d, %d deployed", async (fault, status, count) => {
    railway.faults.onRequest("up", fault);
    expect((await send(railway, await archiveOf({}))).status).toBe(status);
    expect(created()).toBe(count);
  });

  it("says a status that no schema knows, and leaves a field out", async () => {
    await upload(railway);
    railway.faults.onRequest("deployments", { name: "unknown-status", said: "TELEPORTING" });
    expect(JSON.stringify(await list())).toContain('"status":"TELEPORTING"');
    railway.faults.onRequest("deployments", { name: "missing-field", field: "status" });
    expect(JSON.stringify(await list())).not.toContain("status");
    expect(JSON.stringify(await list())).toContain('"status":"QUEUED"');
  });

  it("strikes as often as armed, after as many as it lets pass", async () => {
    railway.faults.onRequest("*", { name: "errors", message: "no" }, { times: 2, after: 1 });
    const seen = [];
    for (let count = 0; count < 4; count += 1) seen.push((await list()).errors?.length ?? 0);
    expect(seen).toEqual([0, 1, 1, 0]);
  });

  it.each<[DeploymentFault, string]>([
    [{ name: "stuck", in: "BUILDING" }, "BUILDING"],
    [{ name: "becomes", in: "QUEUED", status: "SKIPPED" }, "SKIPPED"],
    [{ name: "becomes", in: "DEPLOYING", status: "REMOVED" }, "REMOVED"],
    [{ name: "build-fails" }, "FAILED"],
    [{ name: "crashes-after-success", seconds: 1 }, "CRASHED"],
    [{ name: "needs-approval" }, "NEEDS_APPROVAL"],
    [{ name: "never-healthy" }, "DEPLOYING"],
    [{ name: "health-flaps" }, "SUCCESS"],
  ])("%o ends as %s", async (fault, status) => {
    railway.faults.onDeployment(fault);
    const id = await upload(railway);
    await railway.advance(untilLive);
    expect(await statusOf(railway, id)).toBe(status);
  });

  it("goes live in spite of a cancel that was answered with true", async () => {
    railway.faults.onDeployment({ name: "survives-cancel" });
    const id = await upload(railway);
    await ask(railway, "mutation ($id: String!) { deploymentCancel(id: $id) }", { id });
    await railway.advance(untilLive);
    expect(await statusOf(railway, id)).toBe("SUCCESS");
  });

  it("goes on once it is approved", async () => {
    railway.faults.onDeployment({ name: "needs-approval" });
    const id = await upload(railway);
    await ask(railway, "mutation ($id: String!) { deploymentApprove(id: $id) }", { id });
    await railway.advance(untilLive);
    expect(await statusOf(railway, id)).toBe("SUCCESS");
  });

  it.each(["refused-by-tls", "port-closed"] as const)("%s until it is mended", async (fault) => {
    await railway.connection(fault);
    await expect(list()).rejects.toThrow();
    await railway.connection(undefined);
    expect((await list()).data).toBeDefined();
  });

  it("is steered by other processes", async () => {
    const steer = async (name: string, body: object) =>
      (
        await fetch(`${railway.control}/${name}`, { method: "POST", body: JSON.stringify(body) })
      ).json();
    await steer("fault-on-request", { operation: "deployments", fault: { name: "html" } });
    await expect(list()).rejects.toThrow();
    const id = await upload(railway);
    await steer("advance", { seconds: untilLive });
    expect(await steer("state", {})).toMatchObject({ deployments: [{ id, status: "SUCCESS" }] });
    expect(await steer("nonsense", {})).toMatchObject({ message: "There is no control nonsense" });
  });
});
