import { findDocker } from "../../../host/docker.ts";
import { endRunningProcesses } from "../../../host/executor/leftovers.ts";
import { logFile, type Places } from "../places.ts";
import { type Deployment, isUnderWay, type State } from "../state.ts";
import { endInBackground, type Site } from "./site.ts";
import { adoptContainer } from "./versions/run-container.ts";
import { adoptProcess } from "./versions/run-process.ts";
import type { Running } from "./versions/running.ts";
import { keepServing } from "./walk.ts";

/** Takes over what an earlier daemon has left running, and says of the rest that it ended. */
export async function adopt(site: Site): Promise<void> {
  for (const deployment of site.store.state().deployments) await adoptOne(site, deployment);
  const { serving } = site.store.state();
  const deployment = serving === undefined ? undefined : site.store.find(serving);
  if (!deployment) return;
  const { id, phase, port, reason } = deployment;
  if (phase === "live" && port !== undefined) {
    site.target = site.proxy.switchTo({ id, port });
    void keepServing(site, id);
  } else if (phase === "crashed") {
    site.proxy.serveNothing(`the version that served has failed: ${reason ?? "it ended"}`);
  }
}

async function adoptOne(site: Site, deployment: Deployment): Promise<void> {
  const { id, phase } = deployment;
  const running = await adoptRunning(site.places, deployment, site.machine);
  if (running) site.running.set(id, running);
  if (phase === "live" && !running) return died(site, id, "crashed", "it ended, unwatched");
  if (phase === "deploying" && !running) return died(site, id, "failed", abandoned);
  // A builder that was started and not yet written down: the build begins again from its start.
  if (phase === "waiting") return endRunningProcesses(id);
  if (running && phase !== "live" && !isUnderWay(deployment)) {
    endInBackground(site, id, Promise.resolve());
  } else if (!running && deployment.runs) {
    await site.store.set(id, { runs: undefined });
  }
}

const abandoned = "abandoned: what worked on it was ended before it was done";

async function died(
  site: Site,
  id: string,
  phase: "crashed" | "failed",
  reason: string,
): Promise<void> {
  // Started and not yet written down when the earlier daemon ended: only its mark finds it.
  await endRunningProcesses(id);
  const facts = { phase, said: phase, reason, runs: undefined, builder: undefined };
  await site.store.set(id, facts);
}

/** What still runs of a deployment. */
export async function adoptRunning(
  places: Places,
  { id, runs }: Deployment,
  machine: NodeJS.ProcessEnv,
): Promise<Running | undefined> {
  if (!runs) return undefined;
  if (runs.kind === "process") return adoptProcess(id, runs);
  const found = await findDocker(machine);
  if (!found.ok) return undefined;
  return adoptContainer(found.docker, runs.name, logFile(places, id, "deploy"));
}

/** Ends everything that a state names, where no daemon is there to do it. */
export async function endWhatRuns(
  places: Places,
  { deployments }: State,
  machine: NodeJS.ProcessEnv,
): Promise<void> {
  await Promise.all(
    deployments.map(async (deployment) => {
      const { id, builder } = deployment;
      const running = await adoptRunning(places, deployment, machine);
      await Promise.all([running?.end(), builder && adoptProcess(id, builder)?.end()]);
      if (running || isUnderWay(deployment) || deployment.phase === "live") {
        await endRunningProcesses(id);
      }
    }),
  );
}
