import type { Places } from "../places.ts";
import type { EnvironmentProxy } from "../proxy/proxy.ts";
import type { Target } from "../proxy/target.ts";
import type { Store } from "./store.ts";
import type { Running } from "./versions/running.ts";

/** What the parts of the daemon share: the environment as it is known, and as it runs. */
export interface Site {
  readonly environment: string;
  readonly places: Places;
  readonly store: Store;
  readonly proxy: EnvironmentProxy;
  /** The environment's variables of this machine, as the daemon was given them. */
  readonly machine: NodeJS.ProcessEnv;
  /** The command that does the daemon's other work: `[node, …, main.ts]`. */
  readonly program: readonly [string, ...string[]];
  readonly running: Map<string, Running>;
  /** Where traffic goes now. */
  target: Target | undefined;
  /** What is being ended, so that nothing is left when the daemon ends. */
  readonly endings: Set<Promise<void>>;
  readonly now: () => Date;
}

/** Ends what runs of a deployment, in the background; `down` waits for it. */
export function endInBackground(site: Site, id: string, before: Promise<void>): void {
  const ending = before
    .then(() => endRunning(site, id))
    .catch((error: unknown) => console.error(`ending ${id}: ${error}`))
    .finally(() => site.endings.delete(ending));
  site.endings.add(ending);
}

export async function endRunning(site: Site, id: string): Promise<void> {
  const running = site.running.get(id);
  if (!running) return;
  await running.end();
  if (site.running.get(id) !== running) return;
  site.running.delete(id);
  await site.store.set(id, { runs: undefined });
}
