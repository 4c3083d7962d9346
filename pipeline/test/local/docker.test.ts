import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenApp, goodApp, sickApp } from "./apps.ts";
import { createClient } from "./client.ts";
import { answered, createPlace, environment, type Place, settled, until } from "./place.ts";

/**
 * Versions as containers, with a real Docker daemon. No registry can be counted on, so a base image
 * with Node.js is named by a variable; without daemon or image these tests are skipped by name.
 */
const base = process.env.GANTRY_TEST_APP_IMAGE ?? "";
const daemon = await execa("docker", ["version"], { reject: false, timeout: 10_000 });
const lack = daemon.failed
  ? "no Docker daemon answers"
  : base === ""
    ? "GANTRY_TEST_APP_IMAGE is not set"
    : undefined;

function files(app: string): Record<string, string> {
  const dockerfile = `ARG BASE\nFROM \${BASE}\nCOPY app.cjs /app.cjs\nCMD ["node", "/app.cjs"]\n`;
  return { Dockerfile: dockerfile, "app.cjs": app };
}

describe("versions as containers", { timeout: 300_000 }, () => {
  let place: Place;
  beforeAll(async () => {
    if (!lack) place = await createPlace({ docker: base });
  });
  afterAll(async () => {
    if (!lack) await place.remove();
  });
  const containers = async (): Promise<string[]> => {
    const filter = `label=gantry.environment=${environment}`;
    const args = ["ps", "--filter", filter, "--format", '{{.Label "gantry.key"}}'];
    return (await execa("docker", args)).stdout.split("\n").filter((key) => key !== "");
  };

  it("change places without a failed request; one that is sick changes nothing", async ({
    skip,
  }) => {
    if (lack) return skip(lack);
    const first = await place.deploy("one", files(goodApp("1")));
    expect(first.phase, first.said).toBe("live");
    expect(await (await place.get("/")).json()).toMatchObject({
      id: first.id,
      commit: "commit-of-one",
      mode: "variables",
    });
    const client = createClient(await place.url());
    const second = await place.deploy("two", files(goodApp("2")));
    expect(second.phase, second.said).toBe("live");
    expect((await place.deploy("bad", files(brokenApp))).phase).toBe("failed");
    expect((await place.deploy("sick", files(sickApp), { wait: "5s" })).phase).toBe("failed");
    const provider = await place.provider();
    const back = answered(await provider.bringBack(first.id, "back"));
    expect((await settled(provider, back.id)).phase).toBe("live");
    const { failures } = await client.stop();
    expect(failures).toEqual([]);
    expect(client.seen()).toEqual([first.id, second.id, back.id]);
    expect(answered(await provider.logs(back.id, "deploy")).join("\n")).toContain("listening as 1");
    await until(async () => (await containers()).join() === "back");
  });

  it("are started again when they fail, and taken over when the daemon was killed", async ({
    skip,
  }) => {
    if (lack) return skip(lack);
    await place.get("/crash").catch(() => undefined);
    await until(async () => (await place.get("/").catch(() => undefined))?.status === 200);
    const provider = await place.provider();
    const before = answered(await provider.serving());
    const daemonPid = await place.daemonPid();
    process.kill(daemonPid, "SIGKILL");
    await until(async () => (await place.get("/").catch(() => undefined)) === undefined);
    expect(answered(await provider.serving())).toMatchObject({ id: before?.id, phase: "live" });
    expect((await place.get("/")).status).toBe(200);
    await until(async () => (await logOf(before?.id ?? "")).includes("listening as 1"));
    const said = (await logOf(before?.id ?? "")).filter((line) => line === "listening as 1");
    expect(said).toHaveLength(1);
  });

  const logOf = async (id: string) => answered(await (await place.provider()).logs(id, "deploy"));

  it("says which line of a Dockerfile fails", async ({ skip }) => {
    if (lack) return skip(lack);
    const broken = { ...files(goodApp("3")), Dockerfile: `FROM ${base}\nCOPY no-such-file /\n` };
    const failed = await place.deploy("three", broken);
    expect(failed.phase).toBe("failed");
    const log = answered(await (await place.provider()).logs(failed.id, "build")).join("\n");
    expect(log).toContain("no-such-file");
  });

  it("are all gone after down", async ({ skip }) => {
    if (lack) return skip(lack);
    await place.remove();
    expect(await containers()).toEqual([]);
    const images = await execa("docker", ["images", "--quiet", `gantry-local-${environment}`]);
    expect(images.stdout).toBe("");
  });
});
