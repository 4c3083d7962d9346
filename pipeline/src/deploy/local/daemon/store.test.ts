import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deployment, State } from "../state.ts";
import { createStore, loadState } from "./store.ts";

const deployment: Deployment = {
  id: "one",
  key: "key",
  commit: "c",
  message: "m",
  createdAt: "2026-01-01T00:00:00.000Z",
  phase: "waiting",
  said: "waiting",
  release: "one",
  wasLive: false,
  restarts: 0,
  order: {
    kind: "process",
    argv: ["node", "app.js"],
    directory: ".",
    caches: "/caches",
    env: {},
    health: { withinSeconds: 1 },
  },
};
const first: State = { version: 1, environment: "e", port: 1, deployments: [deployment] };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gantry store "));
  file = join(folder, "state.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("an environment's state", () => {
  it("is nothing before the first deploy", async () => {
    expect(await loadState(file)).toEqual({ ok: true, state: undefined });
  });

  it("holds at once, is on the disk when told so, and leaves nothing beside it", async () => {
    const store = createStore(file, first);
    const written = store.set("one", { phase: "live", port: 7 });
    expect(store.find("one")).toMatchObject({ phase: "live", port: 7 });
    await written;
    expect(await loadState(file)).toEqual({ ok: true, state: store.state() });
    expect(await readdir(folder)).toEqual(["state.json"]);
  });

  it("takes a fact away", async () => {
    const store = createStore(file, first);
    await store.set("one", { port: 7 });
    await store.set("one", { port: undefined });
    expect(store.find("one")).not.toHaveProperty("port");
  });

  it("writes many changes in their order", async () => {
    const store = createStore(file, first);
    const changes = Array.from({ length: 20 }, (_, restarts) => store.set("one", { restarts }));
    await Promise.all(changes);
    const loaded = await loadState(file);
    expect(loaded.ok && loaded.state?.deployments[0]?.restarts).toBe(19);
  });

  it.each(["{", "{}", '{ "version": 99 }'])("refuses what is not one: %s", async (text) => {
    await writeFile(file, text);
    expect(await loadState(file)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("is damaged"),
    });
  });
});
