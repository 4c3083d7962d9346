import { randomBytes } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Asks } from "../control/forms.ts";
import { releaseFolder } from "../places.ts";
import { isKept } from "../remembered.ts";
import { type Deployment, isUnderWay } from "../state.ts";
import { endInBackground, type Site } from "./site.ts";
import { prune } from "./versions/retention.ts";
import { walk } from "./walk.ts";

/** What can be asked for; each is safe to ask for twice. */
export interface Supervisor {
  readonly deploy: (asks: Asks<"deploy">) => Promise<Deployment>;
  readonly bringBack: (earlier: Deployment, key: string) => Promise<Deployment>;
  readonly canBringBack: (deployment: Deployment) => Promise<boolean>;
  /** False where it serves already. */
  readonly cancel: (deployment: Deployment) => Promise<boolean>;
  /** Goes on with whatever is under way. */
  readonly goOn: () => void;
  /** Ends everything that runs here. */
  readonly end: () => Promise<void>;
}

/** One deployment goes its way at a time; the others wait. */
export function createSupervisor(site: Site): Supervisor {
  const stops = new Map<string, AbortController>();
  let closed = false;
  let walking: Promise<void> | undefined;

  const goOn = (): void => {
    if (closed || walking) return;
    const next = site.store.state().deployments.find(isUnderWay);
    if (!next) return;
    const stop = new AbortController();
    stops.set(next.id, stop);
    walking = walkSafely(site, next.id, stop.signal)
      .then(() => prune(site))
      .finally(() => {
        stops.delete(next.id);
        walking = undefined;
        goOn();
      });
  };

  return {
    goOn,
    async deploy({ key, commit, message, incoming, order }) {
      const before = byKey(site, key);
      if (before) return before;
      const id = newId(site);
      const facts = { id, key, commit, message, order, release: id };
      const deployment = newDeployment(site, facts);
      await add(site, deployment);
      await takeIn(site, incoming, id);
      goOn();
      return site.store.find(id) ?? deployment;
    },
    async bringBack({ id: from, commit, release, order, message }, key) {
      const before = byKey(site, key);
      if (before) return before;
      const facts = { id: newId(site), key, commit, message, order, release };
      const deployment = { ...newDeployment(site, facts), broughtBackFrom: from };
      await add(site, deployment);
      goOn();
      return deployment;
    },
    canBringBack: (deployment) => isKept(site.places, site.store.state(), deployment),
    async cancel({ id, phase }) {
      const stop = stops.get(id);
      if (stop) stop.abort();
      else if (phase === "waiting") {
        await site.store.set(id, { phase: "removed", said: "cancelled" });
      }
      return phase !== "live";
    },
    async end() {
      closed = true;
      for (const stop of stops.values()) stop.abort();
      await walking;
      await endServing(site);
      await Promise.all(site.endings);
    },
  };
}

/** Known before its folder is there, so that nobody takes that for one that was forgotten. */
async function takeIn({ places, store }: Site, incoming: string, id: string): Promise<void> {
  try {
    await mkdir(places.releases, { recursive: true });
    await rename(join(places.incoming, incoming), releaseFolder(places, id));
  } catch (error) {
    const reason = `what was sent is not there: ${(error as Error).message}`;
    await store.set(id, { phase: "failed", said: "failed", reason });
  }
}

function byKey(site: Site, key: string): Deployment | undefined {
  return site.store.state().deployments.find((deployment) => deployment.key === key);
}

type NewFacts = Pick<Deployment, "id" | "key" | "commit" | "message" | "order" | "release">;

function newDeployment(site: Site, facts: NewFacts): Deployment {
  const createdAt = site.now().toISOString();
  return { ...facts, createdAt, phase: "waiting", said: "waiting", wasLive: false, restarts: 0 };
}

function add(site: Site, deployment: Deployment): Promise<void> {
  return site.store.change((state) => ({
    ...state,
    deployments: [...state.deployments, deployment],
  }));
}

/** Sorts by time, and says to a person when it was. */
function newId(site: Site): string {
  const time = site
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, "");
  return `${time.replace("T", "-")}-${randomBytes(3).toString("hex")}`;
}

/** A bug in here must not cost the versions that serve their daemon. */
async function walkSafely(site: Site, id: string, signal: AbortSignal): Promise<void> {
  try {
    await walk(site, id, signal);
  } catch (error) {
    console.error(`${id}: ${error instanceof Error ? error.stack : error}`);
    // What has begun to serve goes on: the fault came after it.
    if (site.store.find(id)?.phase === "live") return;
    const reason = `a fault of Gantry's own: ${error instanceof Error ? error.message : error}`;
    await site.store.set(id, { phase: "failed", said: "failed", reason });
    endInBackground(site, id, Promise.resolve());
  }
}

async function endServing(site: Site): Promise<void> {
  site.proxy.serveNothing("this environment was ended");
  site.target = undefined;
  await site.store.change(({ serving: _serving, ...state }) => ({
    ...state,
    deployments: state.deployments.map((one) =>
      one.phase === "live" || isUnderWay(one)
        ? { ...one, phase: "removed" as const, said: "ended with its environment" }
        : one,
    ),
  }));
  for (const id of site.running.keys()) endInBackground(site, id, Promise.resolve());
}
