import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  cancelDeployment,
  describeFailure,
  type Failure,
  findDeployment,
  listDeployments,
  redeploy,
  whoAmI,
} from "../../src/deploy/railway/client/index.ts";
import { hasSchema, untilLive, upload } from "../stand-ins/railway/ask.ts";
import type { RequestFault } from "../stand-ins/railway/faults/fault.ts";
import { type RailwayStandIn, startRailway } from "../stand-ins/railway/stand-in.ts";
import { connectTo, targetOf } from "./connect.ts";

describe.skipIf(!hasSchema)("each way in which a request ends (needs railway.json)", () => {
  let railway: RailwayStandIn;
  beforeEach(async () => {
    railway = await startRailway();
  });
  afterEach(() => railway.close());

  const read = (attempts = 4) =>
    listDeployments(connectTo(railway, { limits: { attempts } }), targetOf(railway));
  const asked = () =>
    railway.requests.filter((one) => one.operation.includes("deployments")).length;

  it.each<[RequestFault, object]>([
    [{ name: "drop-before" }, { kind: "lost", reached: true }],
    [{ name: "drop-after" }, { kind: "lost", reached: true }],
    [{ name: "truncate" }, { kind: "lost", reached: true }],
    [{ name: "status", status: 500 }, { kind: "lost" }],
    [{ name: "html" }, { kind: "lost", reason: "an HTML page instead of an answer" }],
    [
      { name: "rate-limited", retryAfterSeconds: 9 },
      { kind: "rate-limited", retryAfterSeconds: 9 },
    ],
    [{ name: "status", status: 401 }, { kind: "unauthorised" }],
    [{ name: "status", status: 403 }, { kind: "unauthorised" }],
    [
      { name: "errors", message: "no such thing" },
      { kind: "refused", reason: "no such thing" },
    ],
  ])("%o", async (fault, expected) => {
    railway.faults.onRequest("deployments", fault);
    expect(await read(1)).toMatchObject(expected);
  });

  it("names the place of a missing field", async () => {
    await upload(railway);
    railway.faults.onRequest("deployments", { name: "missing-field", field: "status" });
    expect(await read()).toEqual({
      kind: "malformed",
      reason: "deployments.edges.0.node.status (invalid_type)",
    });
  });

  it("keeps a status that no schema knows", async () => {
    const id = await upload(railway);
    railway.faults.onRequest("deployment", { name: "unknown-status", said: "TELEPORTING" });
    expect(await findDeployment(connectTo(railway), id)).toMatchObject({
      kind: "ok",
      value: { phase: { phase: "unknown", said: "TELEPORTING" } },
    });
  });

  it("gives up an answer that takes too long", async () => {
    railway.faults.onRequest("deployments", { name: "delay", seconds: 2 });
    const hasty = connectTo(railway, { limits: { requestSeconds: 0.2, attempts: 1 } });
    expect(await listDeployments(hasty, targetOf(railway))).toEqual({
      kind: "lost",
      reason: "no answer within 0.2 s",
      reached: true,
    });
  });

  it("says that a closed port was never reached", async () => {
    await railway.connection("port-closed");
    expect(await read(1)).toMatchObject({ kind: "lost", reached: false });
    await railway.connection(undefined);
  });

  it("repeats a read after 500, 502 and 503, and no more than it may", async () => {
    for (const status of [500, 502, 503]) {
      railway.faults.onRequest("deployments", { name: "status", status });
    }
    expect(await read()).toMatchObject({ kind: "ok" });
    expect(asked()).toBe(4);
    railway.faults.onRequest("deployments", { name: "status", status: 503 }, { times: 9 });
    expect(await read()).toMatchObject({ kind: "lost" });
    expect(asked()).toBe(8);
  });

  it("waits as long as it is told to, unless that is too long", async () => {
    railway.faults.onRequest("deployments", { name: "rate-limited", retryAfterSeconds: 30 });
    const before = railway.world.clock.now();
    expect(await read()).toMatchObject({ kind: "ok" });
    expect(railway.world.clock.now() - before).toBeGreaterThanOrEqual(30_000);
    railway.faults.onRequest("deployments", { name: "rate-limited", retryAfterSeconds: 3600 });
    expect(await read()).toMatchObject({ kind: "rate-limited", retryAfterSeconds: 3600 });
  });

  it("never repeats an act that may have been applied", async () => {
    const id = await upload(railway);
    await railway.advance(untilLive);
    railway.faults.onRequest("deploymentRedeploy", { name: "drop-after" });
    expect(await redeploy(connectTo(railway), id)).toMatchObject({ kind: "lost", reached: true });
    const created = railway.journal.entries.filter((entry) => entry.kind === "created");
    expect(created).toHaveLength(2);
  });

  it("repeats an act that was not heard at all", async () => {
    const id = await upload(railway);
    await railway.connection("port-closed");
    const sleep = () => railway.connection(undefined);
    expect(await cancelDeployment(connectTo(railway, { sleep }), id)).toEqual({
      kind: "ok",
      value: true,
    });
  });

  it("shows the token nowhere", async () => {
    const secret = "a-very-secret-token";
    const connection = connectTo(railway, { token: { kind: "account", value: () => secret } });
    railway.faults.onRequest("me", { name: "errors", message: `Not Authorized: ${secret}` });
    const answers = [await whoAmI(connection), await whoAmI(connection)];
    expect(answers.map((one) => one.kind)).toEqual(["unauthorised", "unauthorised"]);
    const shown = inspect([answers, connection], { depth: 9 }) + JSON.stringify(connection);
    expect(shown + describeFailure(answers[0] as Failure)).not.toContain(secret);
  });

  it.each(["", "two words", "line\n", "Ü"])("does not send the token %j", async (value) => {
    const connection = connectTo(railway, { token: { kind: "project", value: () => value } });
    expect(await whoAmI(connection)).toMatchObject({ kind: "unauthorised" });
    expect(railway.requests).toEqual([]);
  });
});
