import { mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeDown } from "../../src/deploy/local/down.ts";
import { goodApp, sickApp, stubbornApp } from "./apps.ts";
import {
  answered,
  createPlace,
  environment,
  type Place,
  processesOf,
  settled,
  until,
} from "./place.ts";

describe("an environment on this machine", { timeout: 120_000 }, () => {
  let place: Place;
  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(() => place.remove());

  const down = (purge = false) =>
    takeDown({ repository: place.folder, environment, machine: process.env, purge });
  const kill = async (pid: number): Promise<void> => {
    process.kill(pid, "SIGKILL");
    await until(() => !isThere(pid));
  };

  it("starts a version again that fails, three times, and then says that it has crashed", async () => {
    const { id } = await place.deploy("one", goodApp("1"));
    const provider = await place.provider();
    const pids = new Set<number>();
    for (let crashes = 1; crashes <= 4; crashes += 1) {
      await until(async () => (await place.get("/").catch(() => undefined))?.status === 200);
      pids.add(((await (await place.get("/")).json()) as { pid: number }).pid);
      expect((await place.get("/crash")).status).toBe(502);
    }
    await until(async () => answered(await provider.serving())?.phase === "crashed");
    expect(pids.size).toBe(4);
    expect(answered(await provider.serving())).toMatchObject({ id, phase: "crashed" });
    expect(answered(await provider.serving())?.said).toContain("exit code 3");
    const response = await place.get("/");
    expect(response.status).toBe(503);
    expect(JSON.stringify(await response.json())).toContain("exit code 3");
    expect((await place.deploy("two", goodApp("2"))).phase).toBe("live");
    expect((await place.get("/")).status).toBe(200);
  });

  it("does not start a version again that has ended as if it were done", async () => {
    await place.deploy("one", goodApp("1"));
    await place.get("/leave");
    const provider = await place.provider();
    await until(async () => answered(await provider.serving())?.phase === "crashed");
    expect((await place.state()).deployments[0]?.restarts).toBe(0);
  });

  it("goes on serving where the tidying after a deploy meets what it cannot look at", async () => {
    const incoming = `${place.folder}/.gantry/environments/${environment}/incoming`;
    await mkdir(incoming, { recursive: true });
    await symlink("gone", `${incoming}/gone`);
    expect((await place.deploy("one", goodApp("1"))).phase).toBe("live");
    expect((await place.deploy("two", goodApp("2"))).phase).toBe("live");
    expect((await place.state()).deployments.map(({ phase }) => phase)).toEqual([
      "removed",
      "live",
    ]);
    expect((await place.get("/")).status).toBe(200);
  });

  it("cancels a build", async () => {
    const before = await place.deploy("one", goodApp("1"));
    const provider = await place.provider({ build: `node -e "setInterval(() => {}, 1000)"` });
    const root = `${place.folder}/shipment`;
    await mkdir(root);
    const sent = answered(
      await provider.send({ key: "two", commit: "c", root, files: [], message: "" }),
    );
    await until(async () => (await processesOf(place, [sent.id])).length > 1);
    expect(answered(await provider.cancel(sent.id))).toBe(true);
    const end = await settled(provider, sent.id);
    expect(end).toMatchObject({ phase: "removed", said: "cancelled" });
    await until(async () => (await processesOf(place, [sent.id])).length === 1);
    expect(answered(await provider.serving())?.id).toBe(before.id);
  });

  it("cancels a version that is not healthy yet, and none that serves", async () => {
    const before = await place.deploy("one", goodApp("1"));
    const provider = await place.provider();
    const { id } = answered(await place.send("two", sickApp));
    await until(async () => answered(await provider.look(id)).sighting.phase === "deploying");
    expect(answered(await provider.cancel(id))).toBe(true);
    expect((await settled(provider, id)).phase).toBe("removed");
    expect(await provider.cancel(before.id)).toMatchObject({ kind: "refused" });
    expect((await place.get("/")).status).toBe(200);
    expect(answered(await provider.cancel(id))).toBe(true);
  });

  it("takes over what still runs when its daemon was killed", async () => {
    const { id } = await place.deploy("one", goodApp("1"));
    const { pid } = (await (await place.get("/")).json()) as { pid: number };
    const daemon = await place.daemonPid();
    await kill(daemon);
    await expect(place.get("/")).rejects.toThrow();
    const provider = await place.provider();
    expect(answered(await provider.serving())).toMatchObject({ id, phase: "live" });
    expect(await place.daemonPid()).not.toBe(daemon);
    expect(await (await place.get("/")).json()).toMatchObject({ pid });
    // It is watched over as before.
    await place.get("/crash");
    await until(async () => (await place.get("/").catch(() => undefined))?.status === 200);
    expect((await place.deploy("two", goodApp("2"))).phase).toBe("live");
    await until(() => !isThere(pid));
  });

  it("says what has died while nobody watched", async () => {
    const { id } = await place.deploy("one", goodApp("1"));
    const { pid } = (await (await place.get("/")).json()) as { pid: number };
    await kill(await place.daemonPid());
    await kill(pid);
    const serving = answered(await (await place.provider()).serving());
    expect(serving).toMatchObject({ id, phase: "crashed" });
    expect((await place.get("/")).status).toBe(503);
  });

  it("finishes a build that was under way when its daemon was killed", async () => {
    const provider = await place.provider({ build: `node -e "setTimeout(() => {}, 1500)"` });
    const root = `${place.folder}/shipment`;
    await mkdir(root);
    await writeFile(`${root}/app.cjs`, goodApp("1"));
    await writeFile(`${root}/package.json`, "{}");
    const files = ["app.cjs", "package.json"];
    const sent = answered(await provider.send({ key: "k", commit: "c", root, files, message: "" }));
    await until(async () => answered(await provider.look(sent.id)).sighting.phase === "building");
    await kill(await place.daemonPid());
    expect(answered(await provider.find("k"))?.id).toBe(sent.id);
    expect((await settled(provider, sent.id)).phase).toBe("live");
  });

  it("fails a build whose builder was killed", async () => {
    const provider = await place.provider({ build: `node -e "setInterval(() => {}, 1000)"` });
    const root = `${place.folder}/shipment`;
    await mkdir(root);
    const sent = answered(
      await provider.send({ key: "k", commit: "c", root, files: [], message: "" }),
    );
    await until(async () => (await place.state()).deployments[0]?.builder !== undefined);
    process.kill((await place.state()).deployments[0]?.builder?.pid ?? 0, "SIGKILL");
    const end = await settled(provider, sent.id);
    expect(end.phase).toBe("failed");
    expect(end.said).toContain("abandoned");
  });

  it("ends with everything that it runs, also what would not, or has slipped away", async () => {
    const one = await place.deploy("one", stubbornApp("1"));
    const daemon = await place.daemonPid();
    expect((await processesOf(place, [one.id])).length).toBeGreaterThan(2);
    expect(answered(await down())).toBe("ended");
    expect(await processesOf(place, [one.id])).toEqual([]);
    expect(isThere(daemon)).toBe(false);
    expect(answered(await down())).toBe("was-down");
    const provider = await place.provider();
    expect(answered(await provider.serving())).toBeUndefined();
    expect(answered(await provider.find("one"))?.phase).toBe("removed");
    expect(await processesOf(place, [one.id])).toEqual([]);
    const back = answered(await provider.bringBack(one.id, "back"));
    expect((await settled(provider, back.id)).phase).toBe("live");
    expect(answered(await down(true))).toBe("ended");
    expect(answered(await down(true))).toBe("nothing-there");
  });

  it("ends what a killed daemon has left", async () => {
    const one = await place.deploy("one", goodApp("1"));
    await kill(await place.daemonPid());
    expect(answered(await down())).toBe("ended");
    expect(await processesOf(place, [one.id])).toEqual([]);
    expect((await place.state()).deployments[0]?.phase).toBe("removed");
  });

  it("ends by itself once its folder is deleted, and not while it stands, wherever that is", async () => {
    const one = await place.deploy("one", goodApp("1"));
    const url = await place.url();
    const daemon = await place.daemonPid();
    const folder = `${place.folder}/.gantry/environments`;
    await rename(folder, `${folder}.moved`);
    await sleep(6000);
    expect((await fetch(url)).status).toBe(200);
    await rm(`${folder}.moved`, { recursive: true });
    await mkdir(`${folder}/${environment}`, { recursive: true });
    await writeFile(`${folder}/${environment}/daemon.json`, "of another");
    await until(() => !isThere(daemon));
    expect(await processesOf(place, [one.id])).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
    expect(await readdir(`${folder}/${environment}`)).toEqual(["daemon.json"]);
    await rm(folder, { recursive: true });
  });

  it("refuses a port that somebody else has, and takes it when it is free", async () => {
    const other = createServer((_request, response) => response.end("somebody else's"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" ? address?.port : 0;
    const provider = await place.provider({ url: `http://localhost:${port}` });
    const refused = { kind: "refused", reason: expect.stringContaining(`port ${port} is taken`) };
    expect(await provider.preflight()).toMatchObject(refused);
    const root = `${place.folder}/shipment`;
    await mkdir(root);
    const shipment = { key: "k", commit: "c", root, files: [], message: "" };
    expect(await provider.send(shipment)).toMatchObject(refused);
    await new Promise((resolve) => other.close(resolve));
    expect(answered(await provider.preflight()).url).toBe(`http://localhost:${port}`);
    expect((await provider.send(shipment)).kind).toBe("ok");
  });

  it("says what a deploy would find, and starts nothing for that", async () => {
    const provider = await place.provider();
    const before = answered(await provider.preflight());
    expect(before.target).toContain("as a process");
    expect(before.warnings).toEqual([]);
    expect(answered(await provider.serving())).toBeUndefined();
    expect(await processesOf(place, [])).toEqual([]);
    await place.deploy("one", goodApp("1"));
    const moved = await place.provider({ url: "http://localhost:1" });
    expect(answered(await moved.preflight()).drift).toMatchObject([
      { path: "url.port", wanted: 1 },
    ]);
    expect(
      await moved.send({ key: "k", commit: "c", root: place.folder, files: [], message: "" }),
    ).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("gantry down --env production"),
    });
  });
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
