import { restart } from "./going-live.ts";
import { begin } from "./lifecycle.ts";
import type { Deployment } from "./model.ts";
import { takeDown } from "./take-down.ts";
import { setStatus, type World } from "./world.ts";

/** What can be done with a deployment that is there; a string says why it is refused. */

const open = ["QUEUED", "INITIALIZING", "BUILDING", "DEPLOYING", "WAITING", "NEEDS_APPROVAL"];

export async function cancel(world: World, deployment: Deployment): Promise<string | undefined> {
  if (!open.includes(deployment.status)) return "Deployment cannot be cancelled in its state";
  world.journal.note("cancelled", deployment);
  if (deployment.fault?.name === "survives-cancel") return undefined;
  await takeDown(world, deployment, "REMOVED");
  return undefined;
}

export async function remove(world: World, deployment: Deployment): Promise<string | undefined> {
  if (deployment.status === "REMOVED") return "Deployment is already removed";
  world.journal.note("removed", deployment);
  if (deployment.instance.serving === deployment) deployment.instance.serving = undefined;
  await takeDown(world, deployment, "REMOVED");
  return undefined;
}

export async function stop(world: World, deployment: Deployment): Promise<string | undefined> {
  if (deployment.status !== "SUCCESS") return "Only a deployment that runs can be stopped";
  world.journal.note("stopped", deployment);
  deployment.stopped = true;
  await deployment.app?.stop();
  world.changes.emit("change");
  return undefined;
}

export async function restartNow(
  world: World,
  deployment: Deployment,
): Promise<string | undefined> {
  if (!["SUCCESS", "CRASHED"].includes(deployment.status)) {
    return "Only a deployment that went live can be restarted";
  }
  world.journal.note("restarted", deployment);
  deployment.stopped = false;
  await restart(world, deployment);
  setStatus(world, deployment, "SUCCESS");
  return undefined;
}

export async function approve(world: World, deployment: Deployment): Promise<string | undefined> {
  if (deployment.status !== "NEEDS_APPROVAL") return "Deployment does not wait for approval";
  world.journal.note("approved", deployment);
  begin(world, deployment);
  return undefined;
}
