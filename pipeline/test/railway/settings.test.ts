import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  applySettings,
  compareSettings,
  compareVariables,
  compareVolumes,
  createVolume,
  findTarget,
  readSettings,
  readVariables,
  readVolumes,
  setVariables,
} from "../../src/deploy/railway/client/index.ts";
import { hasSchema, untilLive, upload } from "../stand-ins/railway/ask.ts";
import { type RailwayStandIn, startRailway } from "../stand-ins/railway/stand-in.ts";
import { connectTo, targetOf } from "./connect.ts";

describe.skipIf(!hasSchema)("target, settings and variables (needs railway.json)", () => {
  let railway: RailwayStandIn;
  beforeEach(async () => {
    railway = await startRailway();
  });
  afterEach(() => railway.close());
  const account = () =>
    connectTo(railway, {
      token: { kind: "account", value: () => railway.world.options.accountToken },
    });

  it("finds a target by names, with either kind of token", async () => {
    const value = targetOf(railway);
    expect(await findTarget(connectTo(railway), { environment: "production" })).toEqual({
      kind: "ok",
      value,
    });
    const project = railway.seeded.project.id;
    const wanted = { project, environment: "production", service: "web" };
    expect(await findTarget(account(), wanted)).toEqual({ kind: "ok", value });
  });

  it.each([
    [{ environment: "qa" }, "There is no environment qa: the project has production, staging"],
    [{ environment: "staging" }, "The token is for environment production, not for staging"],
    [{ environment: "production", service: "api" }, "There is no service api: the project has web"],
    [
      { environment: "production", project: "tulip" },
      "The token is for project rose, not for tulip",
    ],
  ])("refuses %o", async (wanted, reason) => {
    expect(await findTarget(connectTo(railway), wanted)).toMatchObject({ kind: "refused", reason });
  });

  it("shows drift, mends only that, and only in this environment", async () => {
    const wanted = {
      healthcheckPath: "/health",
      healthcheckTimeout: 300,
      preDeployCommand: ["migrate"],
      restartPolicyMaxRetries: 3,
    };
    const found = await readSettings(connectTo(railway), targetOf(railway));
    if (found.kind !== "ok") throw new Error(found.kind);
    expect(compareSettings(wanted, found.value)).toEqual([
      { path: "healthcheckPath", wanted: "/health", found: "/api/health" },
      { path: "preDeployCommand", wanted: ["migrate"], found: null },
      { path: "restartPolicyMaxRetries", wanted: 3, found: 10 },
    ]);
    expect(await applySettings(connectTo(railway), targetOf(railway), wanted)).toEqual({
      kind: "ok",
      value: [],
    });
    expect(railway.seeded.staging.settings.healthcheckPath).toBe("/api/health");
    const written = railway.journal.entries.filter((entry) => entry.kind === "setting");
    expect(JSON.parse(written[0]?.detail ?? "")).not.toHaveProperty("healthcheckTimeout");
    await applySettings(connectTo(railway), targetOf(railway), wanted);
    expect(railway.journal.entries.filter((entry) => entry.kind === "setting")).toHaveLength(1);
  });

  it("names volumes that are missing, and makes them", async () => {
    const drift = async () => {
      const found = await readVolumes(connectTo(railway), targetOf(railway));
      return found.kind === "ok" ? compareVolumes(["/data"], found.value) : found;
    };
    expect(await drift()).toEqual([{ path: "volumes./data", wanted: "mounted", found: "missing" }]);
    await createVolume(connectTo(railway), targetOf(railway), "/data");
    expect(await drift()).toEqual([]);
    expect(railway.seeded.staging.volumes).toEqual([]);
  });

  it("sets variables without a deployment of Railway's own, and names drift without values", async () => {
    await upload(railway);
    await railway.advance(untilLive);
    const wanted = { A: "secret-1", B: "secret-2" };
    await setVariables(connectTo(railway), targetOf(railway), { A: "secret-1", B: "old" });
    expect(railway.world.deployments).toHaveLength(1);
    const found = await readVariables(connectTo(railway), targetOf(railway));
    if (found.kind !== "ok") throw new Error(found.kind);
    expect(found.value).toMatchObject({ A: "secret-1", RAILWAY_SERVICE_NAME: "web" });
    expect(compareVariables({ ...wanted, C: "secret-3" }, found.value)).toEqual([
      { path: "variables.B", wanted: "set", found: "another value" },
      { path: "variables.C", wanted: "set", found: "missing" },
    ]);
  });
});
