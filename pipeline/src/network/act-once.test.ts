import { describe, expect, it } from "vitest";
import { actOnce } from "./act-once.ts";
import { type Answer, lost, ok, refused } from "./answer.ts";
import { openNetwork } from "./network.ts";

/** A service that keeps notes; each act is answered in its own way. */
function notes(...acts: readonly ((write: (note: string) => void) => Answer<string>)[]) {
  const written: { note: string; seenFrom: number }[] = [];
  let now = 0;
  let acted = 0;
  let looked = 0;
  const network = openNetwork({
    now: () => now,
    sleep: async (seconds) => {
      now += seconds * 1000;
    },
  });
  return {
    network,
    written,
    counts: () => ({ acted, looked, seconds: now / 1000 }),
    seen: (note: string, seconds: number) => written.push({ note, seenFrom: seconds * 1000 }),
    async look(): Promise<Answer<string | undefined>> {
      looked += 1;
      return ok(written.find(({ seenFrom }) => seenFrom <= now)?.note);
    },
    async act(): Promise<Answer<string>> {
      const answer = acts[acted];
      acted += 1;
      if (!answer) throw new Error("acted too often");
      return answer((note) => written.push({ note, seenFrom: now }));
    },
  };
}

const cut = lost("the connection was cut");

describe("acting once", () => {
  it("does nothing where it is there already", async () => {
    const world = notes();
    world.seen("old", 0);
    expect(await actOnce(world.network, world)).toEqual(ok({ value: "old", made: false }));
  });

  it("acts where it is missing", async () => {
    const world = notes((write) => {
      write("new");
      return ok("new");
    });
    expect(await actOnce(world.network, world)).toEqual(ok({ value: "new", made: true }));
    expect(world.counts()).toEqual({ acted: 1, looked: 1, seconds: 0 });
  });

  it("finds what a lost answer left, and does not repeat it", async () => {
    const world = notes((write) => {
      write("new");
      return cut;
    });
    expect(await actOnce(world.network, world)).toEqual(ok({ value: "new", made: true }));
    expect(world.counts().acted).toBe(1);
  });

  it("waits for what is seen late", async () => {
    const world = notes(() => {
      world.seen("late", 50);
      return { kind: "malformed", reason: "id" };
    });
    expect(await actOnce(world.network, world)).toEqual(ok({ value: "late", made: true }));
    expect(world.counts()).toMatchObject({ acted: 1, seconds: 60 });
  });

  it("acts a second time, and no third, once it is certainly not there", async () => {
    const twice = notes(
      () => cut,
      () => ok("second"),
    );
    expect(await actOnce(twice.network, twice)).toEqual(ok({ value: "second", made: true }));
    const never = notes(
      () => cut,
      () => cut,
    );
    expect(await actOnce(never.network, never)).toEqual(cut);
    expect(never.counts()).toMatchObject({ acted: 2, seconds: 120 });
  });

  it("takes what another made in between", async () => {
    const world = notes((write) => {
      write("theirs");
      return refused("already_exists", 422);
    });
    expect(await actOnce(world.network, world)).toEqual(ok({ value: "theirs", made: false }));
  });

  it.each([
    refused("already_exists", 422),
    refused("not found", 404),
    { kind: "unauthorised", reason: "no" } as const,
    lost("nothing listens there", false),
  ])("hands back %o", async (failure) => {
    const world = notes(() => failure);
    expect(await actOnce(world.network, world)).toEqual(failure);
    expect(world.counts()).toMatchObject({ acted: 1, seconds: 0 });
  });

  it("does not act without having looked", async () => {
    const world = notes();
    const look = async () => cut;
    expect(await actOnce(world.network, { ...world, look })).toEqual(cut);
    expect(world.counts().acted).toBe(0);
  });
});
