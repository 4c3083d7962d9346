import { describe, expect, it } from "vitest";
import { hasSchema } from "../stand-ins/railway/ask.ts";
import type { RequestFault } from "../stand-ins/railway/faults/fault.ts";
import { check, checkPaused, rollbacks, servingCommit, uploads } from "./both/check.ts";
import { eachWithSite } from "./both/each.ts";
import type { Given } from "./both/site.ts";

const unwell = { healthLive: [{ status: 503 }] };
const project = "projectToken";

describe.skipIf(!hasSchema)("requests to Railway that go wrong (needs railway.json)", () => {
  const world = eachWithSite();

  describe("the upload", () => {
    it.each<RequestFault>([
      { name: "drop-after" },
      { name: "truncate" },
      { name: "status", status: 502, applied: true },
      { name: "html", applied: true },
      { name: "missing-field", field: "deploymentId" },
      { name: "rate-limited", retryAfterSeconds: 7 },
    ])("%j: found or repeated, and live once", async (fault) => {
      const site = world();
      site.railway.faults.onRequest("up", fault);
      const end = await site.deploy(1);
      expect(end).toMatchObject({ verdict: "live" });
      expect(uploads(site)).toHaveLength(2);
      await check(site, end);
    });

    it.each<RequestFault>([
      { name: "drop-before" },
      { name: "status", status: 500 },
      { name: "status", status: 503 },
      { name: "html" },
    ])("%j: unknown, and the next run deploys once", async (fault) => {
      const site = world();
      site.railway.faults.onRequest("up", fault);
      const lost = await site.deploy(1, { owner: "unlucky" });
      expect(lost).toMatchObject({ verdict: "unknown" });
      expect(lost.why.join()).toContain("not to be seen at the provider either");
      await checkPaused(site);
      const end = await site.deploy(1, { owner: "next" });
      expect(end).toMatchObject({ verdict: "live" });
      expect(uploads(site)).toHaveLength(2);
      await check(site, end);
    });

    it.each<RequestFault>([
      { name: "errors", message: "Deploys are paused" },
      { name: "status", status: 401 },
      { name: "status", status: 403 },
    ])("%j: refused, nothing left", async (fault) => {
      const site = world();
      site.railway.faults.onRequest("up", fault);
      const end = await site.deploy(1);
      expect(end).toMatchObject({ verdict: "refused", rollback: "not-needed" });
      expect(servingCommit(site)).toBe(site.commits[0]);
      await check(site, end);
    });

    it("answered too late: found, not repeated", async () => {
      const site = world();
      site.railway.faults.onRequest("up", { name: "delay", seconds: 5 });
      const end = await site.deploy(1, { limits: { uploadSeconds: 0.5 } });
      expect(end).toMatchObject({ verdict: "live" });
      expect(uploads(site)).toHaveLength(2);
      await check(site, end);
    });
  });

  describe("looking", () => {
    it.each<[RequestFault, number]>([
      [{ name: "status", status: 503 }, 5],
      [{ name: "status", status: 500 }, 3],
      [{ name: "html" }, 2],
      [{ name: "drop-before" }, 3],
      [{ name: "truncate" }, 3],
      [{ name: "missing-field", field: "status" }, 3],
      [{ name: "unknown-status", said: "TELEPORTING" }, 3],
      [{ name: "rate-limited", retryAfterSeconds: 45 }, 2],
    ])("%j, %d times in a row: seen again, and live", async (fault, times) => {
      const site = world();
      site.railway.faults.onRequest("deployment", fault, { times });
      const end = await site.deploy(1);
      expect(end).toMatchObject({ verdict: "live" });
      await check(site, end);
    });

    it("a word that nobody knows, for ever: stays unknown, and is picked up", async () => {
      const site = world();
      const said = { name: "unknown-status", said: "TELEPORTING" } as const;
      site.railway.faults.onRequest("deployment", said, { times: 1000 });
      const end = await site.deploy(1, { owner: "puzzled" });
      expect(end).toMatchObject({ verdict: "unknown" });
      expect(end.why.join()).toContain("does not say that it ended");
      await checkPaused(site);
      site.railway.faults.clear();
      const next = await site.deploy(1, { owner: "next" });
      expect(next.verdict).not.toBe("unknown");
      await check(site, next);
    });

    it.each([401, 403])("%d half way: unknown, and picked up once it may look", async (status) => {
      const site = world();
      site.railway.faults.onRequest("deployment", { name: "status", status }, { after: 1 });
      const blind = await site.deploy(1, { owner: "blind" });
      expect(blind).toMatchObject({ verdict: "unknown" });
      await checkPaused(site);
      const end = await site.deploy(1, { owner: "next" });
      expect(end).toMatchObject({ verdict: "live" });
      expect(uploads(site)).toHaveLength(2);
      await check(site, end);
    });

    it.each(["port-closed", "refused-by-tls"] as const)("%s for a while: live", async (fault) => {
      const site = world();
      const onSleep = (count: number) => {
        if (count === 1) return site.railway.connection(fault);
        return count === 4 ? site.railway.connection(undefined) : undefined;
      };
      const end = await site.deploy(1, { onSleep });
      expect(end).toMatchObject({ verdict: "live" });
      await check(site, end);
    });
  });

  describe("before anything is begun", () => {
    it.each<RequestFault>([
      { name: "status", status: 503 },
      { name: "html" },
      { name: "drop-before" },
    ])("%j for long: unknown, nothing was begun", async (fault) => {
      const site = world();
      site.railway.faults.onRequest(project, fault, { times: 10 });
      const end = await site.deploy(1);
      expect(end).toMatchObject({ verdict: "unknown", attempt: undefined });
      expect(uploads(site)).toHaveLength(1);
      site.railway.faults.clear();
      await checkPaused(site);
    });

    it("names the token that is not accepted, and does not show it", async () => {
      const site = world();
      const end = await site.deploy(1, { railwayToken: "an-expired-token" });
      expect(end).toMatchObject({ verdict: "refused", attempt: undefined });
      expect(end.why.join()).toContain("(RAILWAY_TOKEN)");
      expect(JSON.stringify(end)).not.toContain("an-expired-token");
    });
  });

  describe("the way back", () => {
    const failing = (given: Given = {}) => {
      world().railway.behave(unwell);
      return world().deploy(1, given);
    };

    it.each<RequestFault>([
      { name: "drop-after" },
      { name: "truncate" },
      { name: "html", applied: true },
      { name: "status", status: 502, applied: true },
    ])("%j: found, and brought back once", async (fault) => {
      const site = world();
      site.railway.faults.onRequest("deploymentRollback", fault);
      const end = await failing();
      expect(end).toMatchObject({ verdict: "unhealthy", rollback: "done" });
      expect(rollbacks(site)).toHaveLength(1);
      await check(site, end);
    });

    it("lost before it got there: unknown, and the next run brings it back once", async () => {
      const site = world();
      site.railway.faults.onRequest("deploymentRollback", { name: "drop-before" });
      expect(await failing({ owner: "unlucky" })).toMatchObject({ verdict: "unknown" });
      const end = await site.deploy(1, { owner: "next" });
      expect(end).toMatchObject({ verdict: "unhealthy", rollback: "done" });
      expect(rollbacks(site)).toHaveLength(1);
      await check(site, end);
    });

    it("refused: the rollback has failed, and that is said", async () => {
      const site = world();
      site.railway.faults.onRequest("deploymentRollback", { name: "image-gone" });
      const end = await failing();
      expect(end).toMatchObject({ verdict: "unhealthy", rollback: "failed" });
      expect(end.why.join()).toContain("Deployment image is no longer available");
      expect(rollbacks(site)).toEqual([]);
      await check(site, end);
    });

    it("beyond the provider's retention: impossible, and what serves is said", async () => {
      const site = world();
      const old = site.railway.seeded.production.serving?.id ?? "";
      site.railway.forgetImage(old);
      const end = await failing();
      expect(end).toMatchObject({ verdict: "unhealthy", rollback: "impossible" });
      expect(end.why.join()).toContain(`no longer holds ${old}`);
      expect(servingCommit(site)).toBe(site.commits[1]);
      await check(site, end);
    });
  });

  describe("settings", () => {
    const wanted = { healthcheckTimeout: 120, builder: "NIXPACKS", startCommand: "./run" } as const;
    const variables = { MODE: "production" };

    it("that differ are shown first, and then applied; RAILPACK is taken for NIXPACKS", async () => {
      const site = world();
      const run = site.run("looks", { wanted, variables });
      expect(await run.provider.preflight()).toMatchObject({
        value: {
          drift: [
            { path: "healthcheckTimeout" },
            { path: "startCommand" },
            { path: "variables.MODE" },
          ],
          warnings: [expect.stringContaining("RAILPACK")],
        },
      });
      expect(site.railway.seeded.production.settings.healthcheckTimeout).toBe(300);
      const end = await site.deploy(1, { wanted, variables });
      expect(end).toMatchObject({ verdict: "live", drift: [{}, {}, {}] });
      const { settings, variables: now } = site.railway.seeded.production;
      expect(settings).toMatchObject({ healthcheckTimeout: 120, startCommand: "./run" });
      expect(settings.builder).toBe("RAILPACK");
      expect(now).toMatchObject(variables);
      expect(site.railway.seeded.staging.settings.healthcheckTimeout).toBe(300);
      await check(site, end);
      expect(await run.provider.preflight()).toMatchObject({ value: { drift: [] } });
    });

    it("that are refused: nothing is uploaded", async () => {
      const site = world();
      const no = { name: "errors", message: "Not on this plan" } as const;
      site.railway.faults.onRequest("serviceInstanceUpdate", no);
      const end = await site.deploy(1, { wanted });
      expect(end).toMatchObject({ verdict: "refused" });
      expect(end.why.join()).toContain("Not on this plan");
      expect(uploads(site)).toHaveLength(1);
      await check(site, end);
    });
  });
});
