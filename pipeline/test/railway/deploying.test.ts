import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Archive,
  activeDeployments,
  cancelDeployment,
  connect,
  findUpload,
  makeArchive,
  readLogs,
  rollBack,
  upload,
  variablesOfDeployment,
} from "../../src/deploy/railway/client/index.ts";
import {
  archiveOf,
  hasSchema,
  untilLive,
  upload as uploadQuickly,
} from "../stand-ins/railway/ask.ts";
import type { DeploymentFault, RequestFault } from "../stand-ins/railway/faults/fault.ts";
import { type RailwayStandIn, startRailway } from "../stand-ins/railway/stand-in.ts";
import { connectTo, targetOf } from "./connect.ts";
import { type Follow, follow } from "./follow.ts";

describe.skipIf(!hasSchema)("deploying to Railway (needs railway.json)", () => {
  let railway: RailwayStandIn;
  let folder: string;
  let archive: Archive;
  beforeEach(async () => {
    railway = await startRailway();
    folder = await mkdtemp(join(tmpdir(), "gantry-railway-"));
    await writeFile(join(folder, "stand-in.json"), "{}");
    const path = join(folder, "source.tgz");
    archive = await makeArchive({ root: folder, files: ["stand-in.json"], path });
  });
  afterEach(async () => {
    await railway.close();
    await rm(folder, { recursive: true });
  });

  const created = () => railway.journal.entries.filter((entry) => entry.kind === "created").length;
  const up = (message = "key-1") => upload(connectTo(railway), targetOf(railway), archive, message);
  const followed = (id: string, given: Partial<Follow> = {}) =>
    follow(connectTo(railway), { id, forSeconds: 300, ...given });

  it("uploads, follows with state and logs, and knows what serves", async () => {
    const answer = await up();
    if (answer.kind !== "ok") throw new Error(answer.kind);
    const id = answer.value.deploymentId;
    const states: string[] = [];
    const lines: string[] = [];
    const end = await followed(id, {
      onDeployment: ({ phase }) => states.push(phase.phase),
      onLog: (stream, line) => lines.push(`${stream}: ${line.message}`),
    });
    expect(end).toMatchObject({ kind: "settled", deployment: { id, phase: { phase: "live" } } });
    expect(states).toEqual(["waiting", "building", "live"]);
    expect(lines).toEqual([
      "build: Unpacking the archive",
      "build: Installing packages",
      "build: Building",
      "build: Exporting image",
      "deploy: Starting Container",
      "deploy: Listening",
    ]);
    expect(await activeDeployments(connectTo(railway), targetOf(railway))).toMatchObject({
      value: [{ id, message: "key-1", reason: "deploy" }],
    });
  });

  it("needs less than 60 requests for 5 minutes", async () => {
    railway.faults.onDeployment({ name: "stuck", in: "BUILDING" });
    const id = await uploadQuickly(railway);
    const before = railway.requests.length;
    expect(await followed(id)).toMatchObject({
      kind: "timed-out",
      last: { phase: { phase: "building" } },
    });
    expect(railway.requests.length - before).toBeLessThan(60);
  });

  it.each<[RequestFault, number]>([
    [{ name: "drop-before" }, 0],
    [{ name: "drop-after" }, 1],
    [{ name: "truncate" }, 1],
    [{ name: "status", status: 502, applied: true }, 1],
    [{ name: "html", applied: true }, 1],
    [{ name: "missing-field", field: "deploymentId" }, 1],
  ])("upload with %o: not repeated, and %d found by its key", async (fault, count) => {
    const known = [await uploadQuickly(railway)];
    railway.faults.onRequest("up", fault);
    expect(["lost", "malformed"]).toContain((await up()).kind);
    expect(created()).toBe(1 + count);
    const mark = { key: "key-1", variable: "GANTRY_KEY", known };
    const found = await findUpload(connectTo(railway), targetOf(railway), mark);
    expect(found.kind === "ok" && found.value !== undefined).toBe(count === 1);
  });

  it("finds an upload by its variables where its message was not kept", async () => {
    railway.seeded.production.variables = { GANTRY_KEY: "key-2" };
    const id = await uploadQuickly(railway);
    railway.seeded.production.variables = { GANTRY_KEY: "key-3" };
    await uploadQuickly(railway);
    const mark = { key: "key-2", variable: "GANTRY_KEY", known: [] };
    expect(await findUpload(connectTo(railway), targetOf(railway), mark)).toMatchObject({
      value: { id },
    });
  });

  it("says that an upload is too large", async () => {
    await railway.close();
    railway = await startRailway({ largestUpload: 10 });
    expect(await up()).toEqual({ kind: "refused", status: 413, reason: "File too large" });
  });

  it.each<[DeploymentFault, string]>([
    [{ name: "build-fails" }, "failed"],
    [{ name: "becomes", in: "QUEUED", status: "SKIPPED" }, "skipped"],
    [{ name: "becomes", in: "DEPLOYING", status: "REMOVED" }, "removed"],
    [{ name: "needs-approval" }, "needs-approval"],
  ])("%o settles as %s", async (fault, phase) => {
    railway.faults.onDeployment(fault);
    const id = await uploadQuickly(railway);
    expect(await followed(id)).toMatchObject({ kind: "settled", deployment: { phase: { phase } } });
  });

  it("follows on through lost answers and unknown words, and stops where it may not ask", async () => {
    const id = await uploadQuickly(railway);
    railway.faults.onRequest("deployment", { name: "drop-before" }, { times: 2 });
    railway.faults.onRequest("deployment", { name: "unknown-status", said: "TELEPORTING" });
    railway.faults.onRequest("deployment", { name: "status", status: 401 }, { after: 1 });
    expect(await followed(id)).toMatchObject({ kind: "broken", failure: { kind: "unauthorised" } });
    expect(await followed(id)).toMatchObject({ kind: "settled" });
  });

  it("stops at once when it is called off, with the clock of the world", async () => {
    const id = await uploadQuickly(railway);
    const connection = connect({
      address: railway.address,
      token: { kind: "project", value: () => railway.world.options.projectToken },
    });
    const signal = AbortSignal.timeout(200);
    const end = await follow(connection, { id, forSeconds: 300, signal });
    expect(end).toMatchObject({ kind: "stopped", last: { id } });
  });

  it("shows the state where logs are refused", async () => {
    const id = await uploadQuickly(railway);
    railway.faults.onRequest("buildLogs", { name: "errors", message: "no logs" }, { times: 99 });
    expect(await followed(id)).toMatchObject({ kind: "settled" });
  });

  it("reads on from a cursor, each line once", async () => {
    const id = await uploadQuickly(railway);
    await railway.advance(8);
    const first = await readLogs(connectTo(railway), { id, stream: "build" });
    await railway.advance(untilLive);
    const cursor = first.kind === "ok" ? first.value.cursor : undefined;
    const second = await readLogs(connectTo(railway), { id, stream: "build" }, cursor);
    const lines = [first, second].map((one) => (one.kind === "ok" ? one.value.lines.length : 0));
    expect(lines).toEqual([2, 2]);
  });

  it("may be cancelled and go live all the same", async () => {
    railway.faults.onDeployment({ name: "survives-cancel" });
    const id = await uploadQuickly(railway);
    expect(await cancelDeployment(connectTo(railway), id)).toMatchObject({ value: true });
    expect(await followed(id)).toMatchObject({ deployment: { phase: { phase: "live" } } });
  });

  describe("rollback", () => {
    let first: string;
    beforeEach(async () => {
      railway.seeded.production.variables = { VERSION: "1" };
      first = await uploadQuickly(railway);
      await railway.advance(untilLive);
      railway.seeded.production.variables = { VERSION: "2" };
      await uploadQuickly(railway);
      await railway.advance(untilLive);
    });
    const back = () => rollBack(connectTo(railway), targetOf(railway), first);

    it.each<[RequestFault | undefined]>([
      [undefined],
      [{ name: "drop-after" }],
      [{ name: "truncate" }],
      [{ name: "status", status: 502, applied: true }],
      [{ name: "html", applied: true }],
    ])("finds the new deployment, with %o, and makes one only", async (fault) => {
      if (fault) railway.faults.onRequest("deploymentRollback", fault);
      const answer = await back();
      if (answer.kind !== "ok") throw new Error(JSON.stringify(answer));
      expect(answer.value).toMatchObject({ reason: "rollback" });
      expect(created()).toBe(3);
      expect(await variablesOfDeployment(connectTo(railway), answer.value.id)).toMatchObject({
        value: { VERSION: "1" },
      });
    });

    it("is lost where nothing got through, and nothing was done", async () => {
      railway.faults.onRequest("deploymentRollback", { name: "drop-before" });
      expect(await back()).toMatchObject({ kind: "lost" });
      expect(created()).toBe(2);
    });

    it("is refused where the image is gone", async () => {
      railway.faults.onRequest("deploymentRollback", { name: "image-gone" });
      expect(await back()).toMatchObject({ kind: "refused" });
      railway.forgetImage(first);
      expect(await back()).toMatchObject({
        kind: "refused",
        reason: "Deployment cannot be rolled back",
      });
    });
  });

  it("makes the same archive of the same files", async () => {
    const path = join(folder, "again.tgz");
    const again = await makeArchive({ root: folder, files: ["stand-in.json"], path });
    expect(again.sha256).toBe(archive.sha256);
    expect((await archiveOf({})).length).toBeGreaterThan(0);
  });
});
