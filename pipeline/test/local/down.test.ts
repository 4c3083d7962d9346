import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gantry } from "../e2e/scratch.ts";
import { goodApp } from "./apps.ts";
import { answered, createPlace, environment, type Place, processesOf } from "./place.ts";

describe("gantry down", { timeout: 120_000 }, () => {
  let place: Place;
  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(() => place.remove());

  it("ends an environment and keeps its records, then takes those away as well", async () => {
    const { id } = await place.deploy("one", goodApp("1"));
    const first = await gantry(["down", "--env", environment, "-C", place.folder]);
    expect(first).toMatchObject({ exit: 0, stdout: expect.stringContaining("ended") });
    expect(await processesOf(place, [id])).toEqual([]);
    expect(answered(await (await place.provider()).find("one"))?.phase).toBe("removed");

    const purge = ["down", "--env", environment, "--purge", "--json", "-C", place.folder];
    const second = await gantry(purge);
    expect(JSON.parse(second.stdout)).toEqual({ environment, found: "was-down", purged: true });
    expect(await readdir(`${place.folder}/.gantry/environments`)).toEqual([]);
    expect(JSON.parse((await gantry(purge)).stdout)).toMatchObject({ found: "nothing-there" });
  });

  it("takes a name, and nothing that could be a path", async () => {
    const end = await gantry(["down", "--env", "../../elsewhere", "-C", place.folder]);
    expect(end).toMatchObject({ exit: 2, stderr: expect.stringContaining("letters, digits") });
    expect((await gantry(["down"])).exit).toBe(2);
  });

  it("says what to do where the state is damaged", async () => {
    await place.deploy("one", goodApp("1"));
    await place.damage();
    const end = await gantry(["down", "--env", environment, "-C", place.folder]);
    expect(end.exit).toBe(3);
    expect(end.stderr).toContain("GANTRY-LOCAL-DAEMON");
    expect((await gantry(["down", "--env", environment, "--purge", "-C", place.folder])).exit).toBe(
      0,
    );
  });
});
