import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { findDocker } from "../../../../host/docker.ts";
import { releaseFolder } from "../../places.ts";
import { type Deployment, isUnderWay, type State } from "../../state.ts";
import type { Site } from "../site.ts";

const releasesKept = 5;
const deploymentsKept = 50;
const treesKept = 10;

/**
 * Takes away what can no longer be wanted: old releases, old records, old installed trees. Nothing
 * depends on it: what could not be removed now is removed another time.
 */
export async function prune(site: Site): Promise<void> {
  try {
    await pruneAll(site);
  } catch (error) {
    console.error(`pruning: ${error instanceof Error ? error.stack : error}`);
  }
}

async function pruneAll(site: Site): Promise<void> {
  // Looked at before the state, which knows of a release before its folder is there.
  const there = await namesIn(site.places.releases);
  const state = site.store.state();
  const kept = keptReleases(state);
  await removeImages(
    site,
    state.deployments.filter(({ release }) => there.includes(release) && !kept.has(release)),
  );
  for (const release of there.filter((name) => !kept.has(name))) {
    await removeFolder(releaseFolder(site.places, release));
  }
  await forgetOldest(site, kept);
  await keepNewest(join(site.places.work, "trees"), (index) => index < treesKept);
  const anHourAgo = site.now().getTime() - 3_600_000;
  await keepNewest(site.places.incoming, (_index, at) => at > anHourAgo);
}

/** Those that served last, and whatever is still needed by something that runs or will. */
export function keptReleases({ deployments, serving }: State): ReadonlySet<string> {
  const live = deployments.filter(({ wasLive }) => wasLive).map(({ release }) => release);
  const last = [...new Set(live.reverse())].slice(0, releasesKept);
  const needed = deployments.filter((one) => isUnderWay(one) || one.runs || one.id === serving);
  return new Set([...last, ...needed.map(({ release }) => release)]);
}

/** Takes away the images of deployments. */
export async function removeImages(
  { machine }: Pick<Site, "machine">,
  gone: readonly Deployment[],
): Promise<void> {
  const tags = gone.flatMap(({ order }) => (order.kind === "container" ? [order.image] : []));
  if (tags.length === 0) return;
  const found = await findDocker(machine);
  if (found.ok) for (const tag of new Set(tags)) await found.docker.removeImage(tag);
}

async function forgetOldest(site: Site, kept: ReadonlySet<string>): Promise<void> {
  const { deployments } = site.store.state();
  const old = deployments
    .slice(0, -deploymentsKept)
    .filter(({ release, runs }) => !kept.has(release) && !runs);
  if (old.length === 0) return;
  const ids = new Set(old.map(({ id }) => id));
  await site.store.change((state) => ({
    ...state,
    deployments: state.deployments.filter(({ id }) => !ids.has(id)),
  }));
  for (const id of ids) await removeFolder(join(site.places.logs, id));
}

/** Trees are linked into releases; removing one here takes nothing from them. */
async function keepNewest(
  folder: string,
  isKept: (index: number, at: number) => boolean,
): Promise<void> {
  const names = await namesIn(folder);
  const found = await Promise.all(names.map((name) => aged(folder, name)));
  const old = found
    .flat()
    .sort((a, b) => b.at - a.at)
    .filter(({ at }, index) => !isKept(index, at));
  for (const { name } of old) await removeFolder(join(folder, name));
}

/** None where it has just been moved or removed by whoever works with it. */
async function aged(folder: string, name: string): Promise<{ name: string; at: number }[]> {
  const found = await stat(join(folder, name)).catch(() => undefined);
  return found ? [{ name, at: found.ctimeMs }] : [];
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((): string[] => []);
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
