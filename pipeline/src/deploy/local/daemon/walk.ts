import { setTimeout as sleep } from "node:timers/promises";
import { drained, type Target } from "../proxy/target.ts";
import type { Deployment } from "../state.ts";
import { build } from "./build.ts";
import { waitUntilHealthy } from "./health.ts";
import { endInBackground, endRunning, type Site } from "./site.ts";
import { launch, note } from "./versions/launch.ts";
import { graceMilliseconds, type Running } from "./versions/running.ts";

const restartsAtMost = 3;

/**
 * Takes a deployment the whole way: built, started, healthy, and only then given the traffic. A
 * deployment that does not get there leaves what serves alone.
 */
export async function walk(site: Site, id: string, signal: AbortSignal): Promise<void> {
  const objection =
    (await build(site, found(site, id), signal)) ?? (await start(site, found(site, id), signal));
  if (signal.aborted) return leave(site, id, { phase: "removed", said: "cancelled" });
  if (objection === undefined) return takeOver(site, id);
  return leave(site, id, { phase: "failed", said: "failed", reason: objection });
}

function found(site: Site, id: string): Deployment {
  const deployment = site.store.find(id);
  if (!deployment) throw new Error(`there is no deployment ${id}`);
  return deployment;
}

/** Starts a version, or goes on with one that another daemon has started; answers what is wrong. */
async function start(
  site: Site,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signal.aborted) return "cancelled";
  const { id, order } = deployment;
  await site.store.set(id, { phase: "deploying", said: "starting" });
  const adopted = site.running.get(id);
  const launched =
    adopted && deployment.port !== undefined
      ? { ok: true as const, running: adopted, port: deployment.port }
      : await launch(site, deployment);
  if (!launched.ok) return launched.reason;
  const { running, port } = launched;
  const says = (text: string): Promise<void> => note(site, id, text);
  return waitUntilHealthy({ health: order.health, port, running, signal, note: says });
}

async function leave(
  site: Site,
  id: string,
  facts: Pick<Deployment, "phase" | "said" | "reason">,
): Promise<void> {
  await site.store.set(id, facts);
  endInBackground(site, id, Promise.resolve());
}

/** Traffic, state and memory change in one turn: nobody can see them differ. */
async function takeOver(site: Site, id: string): Promise<void> {
  const before = site.store.state().serving;
  const old = site.target;
  site.target = site.proxy.switchTo({ id, port: found(site, id).port ?? 0 });
  await site.store.change((state) => ({
    ...state,
    serving: id,
    deployments: state.deployments.map((one) => {
      if (one.id === id) return { ...one, phase: "live", said: "serving", wasLive: true };
      return one.id === before ? { ...one, phase: "removed", said: `replaced by ${id}` } : one;
    }),
  }));
  if (before !== undefined && before !== id) retire(site, before, old);
  void keepServing(site, id);
}

/** What was begun may end, for a while; then the version is asked to. */
function retire(site: Site, id: string, target: Target | undefined): void {
  const waited = target?.id === id ? drained(target, graceMilliseconds) : Promise.resolve();
  endInBackground(site, id, waited);
}

/** Stands by the version that serves: starts it again where it fails, says so where that is no use. */
export async function keepServing(site: Site, id: string): Promise<void> {
  for (;;) {
    const running = site.running.get(id);
    const ending = await running?.ended;
    if (!serves(site, id)) return;
    const why = ending?.why ?? "it ended";
    site.target = undefined;
    site.proxy.serveNothing(`the version that served has failed: ${why}`);
    site.running.delete(id);
    const { restarts } = found(site, id);
    if (ending?.exit === 0 || restarts >= restartsAtMost) return crashed(site, id, why);
    const said = `starting again (${restarts + 1} of ${restartsAtMost}): ${why}`;
    await site.store.set(id, { restarts: restarts + 1, said, runs: undefined });
    await note(site, id, said);
    await sleep(200 * restarts, undefined, { ref: false });
    await startAgain(site, id);
  }
}

/** A version that does not become healthy again is ended, which is the next failure to look at. */
async function startAgain(site: Site, id: string): Promise<void> {
  if (!serves(site, id)) return;
  const launched = await launch(site, found(site, id));
  if (!launched.ok) {
    const why = { why: launched.reason };
    site.running.set(id, failedToStart(why));
    return;
  }
  const { running, port } = launched;
  const { health } = found(site, id).order;
  const says = (text: string): Promise<void> => note(site, id, text);
  const signal = new AbortController().signal;
  const objection = await waitUntilHealthy({ health, port, running, signal, note: says });
  if (!serves(site, id)) return endRunning(site, id);
  if (objection !== undefined) return running.end();
  site.target = site.proxy.switchTo({ id, port });
  await site.store.set(id, { said: "serving, after it was started again" });
}

function failedToStart(ending: { readonly why: string }): Running {
  return { ended: Promise.resolve(ending), ending: () => ending, end: async () => undefined };
}

async function crashed(site: Site, id: string, why: string): Promise<void> {
  const facts = { phase: "crashed", said: "crashed", reason: why, runs: undefined } as const;
  await site.store.set(id, facts);
  await note(site, id, `crashed: ${why}`);
}

function serves(site: Site, id: string): boolean {
  return site.store.state().serving === id && site.store.find(id)?.phase === "live";
}
