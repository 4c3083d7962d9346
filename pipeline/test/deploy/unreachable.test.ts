import { describe, expect, it } from "vitest";
import { type Names, refuseTls, serveExpired, withoutNames } from "../builders/refusing.ts";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import { check, checkPaused, rollbacks, servingCommit, uploads } from "./both/check.ts";
import { eachWithSite } from "./both/each.ts";

type Broken = readonly [string, () => Promise<string>, string];

const broken: readonly Broken[] = [
  [
    "a certificate that has expired",
    serveExpired,
    "certificate of 127.0.0.1 expired on 2020-01-02",
  ],
  ["no encrypted connection", refuseTls, "127.0.0.1 refuses an encrypted connection"],
  ["a name that is not known", noName("ENOTFOUND"), "the name rose.test is not known"],
  ["no names at all", noName("EAI_AGAIN"), "the name rose.test could not be looked up"],
];

function noName(code: "ENOTFOUND" | "EAI_AGAIN") {
  return async () => {
    withoutNames(code);
    return "http://rose.test";
  };
}

describe.skipIf(!hasSchema)("an address that nobody reaches (needs railway.json)", () => {
  const world = eachWithSite();

  describe("of the service", () => {
    it.each(broken)("%s: unknown, nothing rolled back, and picked up", async (_, open, why) => {
      const site = world();
      const begun = site.railway.world.clock.now();
      const end = await site.deploy(1, { owner: "blind", settings: { url: await open() } });
      expect(end).toMatchObject({ verdict: "unknown", rollback: "not-needed" });
      expect(end.why.join()).toContain(`GET /api/health: `);
      expect(end.why.join()).toContain(why);
      expect(end.why.join()).toContain("nothing was rolled back");
      expect(site.railway.world.clock.now() - begun).toBeLessThan(120_000);
      expect(rollbacks(site)).toEqual([]);
      expect(servingCommit(site)).toBe(site.commits[1]);
      await checkPaused(site);
      const next = await site.deploy(1, { owner: "next" });
      expect(next).toMatchObject({ verdict: "live", serving: { commit: site.commits[1] } });
      expect(uploads(site)).toHaveLength(2);
      await check(site, next);
    });

    it("what serves already, asked again: unknown, and nothing is touched", async () => {
      const site = world();
      const end = await site.deploy(0, { settings: { url: await serveExpired() } });
      expect(end).toMatchObject({ verdict: "unknown", attempt: undefined });
      expect(end.why.join()).toContain("expired on 2020-01-02");
      expect(uploads(site)).toHaveLength(1);
      await checkPaused(site);
    });
  });

  describe("of Railway's API", () => {
    it.each(broken)("%s: unknown, and nothing was begun", async (_, open, why) => {
      const site = world();
      const end = await site.deploy(1, { railwayAddress: await open() });
      expect(end).toMatchObject({ verdict: "unknown", attempt: undefined });
      expect(end.why.join()).toContain(why);
      expect(uploads(site)).toHaveLength(1);
      await checkPaused(site);
    });

    it("a name that is lost as it follows: seen again, and live", async () => {
      const site = world();
      let names: Names | undefined;
      const end = await site.deploy(1, {
        railwayAddress: site.railway.address.replace("127.0.0.1", "localhost"),
        onSleep: async (count) => {
          if (count === 1) names = withoutNames("ENOTFOUND");
          // What is connected needs no name.
          if (count === 1) await site.railway.connection("port-closed");
          if (count === 4) await site.railway.connection(undefined);
          if (count === 6) names?.mend();
        },
      });
      expect(names?.asked()).toBeGreaterThan(0);
      expect(end).toMatchObject({ verdict: "live" });
      expect(uploads(site)).toHaveLength(2);
      await check(site, end);
    });
  });
});
