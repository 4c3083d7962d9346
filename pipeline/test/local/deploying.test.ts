import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goodApp } from "./apps.ts";
import { createPlace, type Place, settled, valueOf } from "./place.ts";

describe("a deploy to this machine", { timeout: 120_000 }, () => {
  let place: Place;
  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(() => place.remove());

  it("goes live, and says who it is", async () => {
    const sighting = await place.deploy("one", goodApp("1"));
    expect(sighting.phase, sighting.said).toBe("live");
    const answer = await (await place.get("/")).json();
    expect(answer).toMatchObject({
      version: "1",
      id: sighting.id,
      commit: "commit-of-one",
      mode: "variables",
      host: "127.0.0.1",
    });
  });
});
