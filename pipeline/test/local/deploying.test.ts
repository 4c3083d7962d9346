import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { brokenApp, deafApp, goodApp, pageApp, sickApp } from "./apps.ts";
import { createClient } from "./client.ts";
import { answered, createPlace, type Place, settled, until } from "./place.ts";

describe("deploys to this machine", { timeout: 120_000 }, () => {
  let place: Place;
  // Only for versions that never become healthy: the others may take as long as the machine does.
  const soon = { wait: "2s" };
  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(() => place.remove());

  it("goes live, is told who it is, and meets no secret of the deployer", async () => {
    const sighting = await place.deploy("one", goodApp("1"));
    expect(sighting.phase, sighting.said).toBe("live");
    expect(sighting.url).toBe(await place.url());
    const answer = await (await place.get("/")).json();
    expect(answer).toMatchObject({
      version: "1",
      id: sighting.id,
      commit: "commit-of-one",
      mode: "variables",
      host: "127.0.0.1",
    });
    expect(answer).not.toHaveProperty("token");
    expect(answered(await (await place.provider()).serving())?.id).toBe(sighting.id);
  });

  it("lets no request fail through good deploys, failed ones and a bring-back", async () => {
    const first = await place.deploy("one", goodApp("1"));
    const client = createClient(await place.url());
    const second = await place.deploy("two", goodApp("2"));
    expect(second.phase, second.said).toBe("live");
    expect((await place.deploy("bad", brokenApp)).phase).toBe("failed");
    expect((await place.deploy("sick", sickApp, soon)).phase).toBe("failed");
    const provider = await place.provider();
    expect(answered(await provider.canBringBack(first.id))).toBe(true);
    const back = answered(await provider.bringBack(first.id, "back"));
    expect(back.id).not.toBe(first.id);
    expect((await settled(provider, back.id)).phase).toBe("live");
    const third = await place.deploy("three", goodApp("3"));
    expect(third.phase, third.said).toBe("live");
    await until(() => client.seen().at(-1) === third.id);
    const { failures, answers } = await client.stop();
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(20);
    expect(client.seen()).toEqual([first.id, second.id, back.id, third.id]);
  });

  it.each([
    ["ends at once", brokenApp, "ended with exit code 2"],
    ["is never healthy", sickApp, "status 500"],
    ["answers health with a page", pageApp, "HTML"],
    ["listens elsewhere", deafApp, "nothing listens there"],
  ])("leaves the old version alone when the new one %s", async (_what, app, why) => {
    const first = await place.deploy("one", goodApp("1"));
    const before = await (await place.get("/")).json();
    const failed = await place.deploy("two", app, soon);
    expect(failed.phase).toBe("failed");
    expect(failed.said).toContain(why);
    expect(await (await place.get("/")).json()).toEqual(before);
    const provider = await place.provider();
    expect(answered(await provider.serving())?.id).toBe(first.id);
    expect(answered(await provider.canBringBack(failed.id))).toBe(false);
  });

  it("lets an answer that has begun come to its end", async () => {
    await place.deploy("one", goodApp("1"));
    const slow = await place.get("/slow");
    await place.deploy("two", goodApp("2"));
    expect(await slow.json()).toMatchObject({ version: "1" });
    expect(await (await place.get("/")).json()).toMatchObject({ version: "2" });
  });

  it("answers as JSON that nothing serves while there has been no version", async () => {
    expect((await place.deploy("one", brokenApp)).phase).toBe("failed");
    const response = await place.get("/health");
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ by: "gantry" });
    expect(answered(await (await place.provider()).serving())).toBeUndefined();
  });

  it("takes the same key for the same deployment", async () => {
    const [one, same] = await Promise.all([
      place.send("one", goodApp("1")),
      place.send("one", goodApp("1")),
    ]);
    expect(answered(one).id).toBe(answered(same).id);
    expect(answered(await place.send("one", goodApp("1"))).id).toBe(answered(one).id);
    expect((await place.state()).deployments).toHaveLength(1);
    const found = answered(await (await place.provider()).find("one"));
    expect(found?.id).toBe(answered(one).id);
  });

  it("lets two deployers that begin at once have one daemon, and both their deploys", async () => {
    const [one, two] = await Promise.all([
      place.deploy("one", goodApp("1")),
      place.deploy("two", goodApp("2")),
    ]);
    const { deployments, serving } = await place.state();
    expect(deployments).toHaveLength(2);
    expect([one.id, two.id]).toContain(serving);
    const phases = deployments.map(({ phase }: { phase: string }) => phase).sort();
    expect(phases).toEqual(["live", "removed"]);
  });

  it("gives the log's lines once, build and version apart", async () => {
    const { id } = answered(await place.send("one", goodApp("1")));
    const provider = await place.provider();
    const lines: string[] = [];
    for (let ended = false; !ended; ) {
      const look = answered(await provider.look(id));
      lines.push(...look.lines.map(({ stream, text }) => `${stream}: ${text}`));
      ended = look.sighting.phase === "live";
    }
    lines.push(
      ...answered(await provider.look(id)).lines.map(({ stream, text }) => `${stream}: ${text}`),
    );
    expect(lines.filter((line) => line === "deploy: listening as 1")).toHaveLength(1);
    expect(lines.filter((line) => line === "build: gantry: built")).toHaveLength(1);
    expect(answered(await provider.logs(id, "deploy"))).toContain("listening as 1");
  });

  it("keeps five versions that have served, and no more", async () => {
    const ids: string[] = [];
    for (const version of ["1", "2", "3", "4", "5", "6"]) {
      ids.push((await place.deploy(version, goodApp(version))).id);
    }
    const provider = await place.provider();
    const can = await Promise.all(ids.map(async (id) => answered(await provider.canBringBack(id))));
    expect(can).toEqual([false, true, true, true, true, true]);
  });
});
