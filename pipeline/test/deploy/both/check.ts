import { expect } from "vitest";
import type { Ended } from "../../../src/deploy/procedure/end.ts";
import { breaksIn, servingLine } from "../../../src/deploy/records/history.ts";
import { type Standing, standingOf } from "../../../src/deploy/records/state.ts";
import { expectOk } from "../../github/expect-ok.ts";
import type { Deployment } from "../../stand-ins/railway/world/model.ts";
import type { Site } from "./site.ts";

/** What must hold whatever befell the runs; `end` is what the last of them said. */
export async function check(site: Site, end: Ended): Promise<void> {
  const attempts = await expectOk(site.store.attempts(100));
  const standings = attempts.map(standingOf);
  checkUploads(site);
  const open = standings.filter(({ state }) => state.at !== "ended");
  expect(
    open.map(({ state }) => state.at),
    "an attempt was left",
  ).toEqual([]);
  checkLocks(standings);
  expect(breaksIn(attempts), "the record is broken").toEqual([]);
  if (end.rollback === "failed") return;
  const serving = site.railway.seeded.production.serving?.id;
  expect(servingLine(standings).at(-1)?.serving?.id, "the record's word on what serves").toBe(
    serving,
  );
  if (end.serving) expect(end.serving.id, "the end's word on what serves").toBe(serving);
}

/** An attempt that was left open holds nobody up. */
export async function checkPaused(site: Site): Promise<void> {
  const attempts = await expectOk(site.store.attempts(100));
  checkUploads(site);
  checkLocks(attempts.map(standingOf));
  expect(breaksIn(attempts)).toEqual([]);
}

function checkLocks(standings: readonly Standing[]): void {
  const held = standings.filter(({ leaseUntil }) => leaseUntil > 0);
  expect(held, "a lock was left").toEqual([]);
}

function checkUploads(site: Site): void {
  const keys = uploads(site).map(({ variables }) => variables.GANTRY_DEPLOYMENT_ID);
  expect(keys, "an upload without a key").not.toContain(undefined);
  expect(new Set(keys).size, "a key was sent twice").toBe(keys.length);
}

export function uploads({ railway }: Pick<Site, "railway">): readonly Deployment[] {
  return railway.world.deployments.filter(({ reason }) => reason === "deploy");
}

export function rollbacks({ railway }: Pick<Site, "railway">): readonly Deployment[] {
  return railway.world.deployments.filter(({ reason }) => reason === "rollback");
}

/** The commit of what serves now. */
export function servingCommit({ railway }: Pick<Site, "railway">): string | undefined {
  return railway.seeded.production.serving?.variables.GANTRY_COMMIT;
}
