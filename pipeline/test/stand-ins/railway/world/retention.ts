import type { Deployment, Instance } from "./model.ts";
import { deploymentsOf, type World } from "./world.ts";

/** Images of deployments that served long ago are dropped. */
export function applyRetention(world: World, instance: Instance): void {
  const served = deploymentsOf(world, instance).filter((one) => one.wentLive);
  for (const old of served.slice(world.options.retention)) forgetImage(world, old);
}

export function forgetImage(world: World, deployment: Deployment): void {
  if (deployment.imageGone) return;
  deployment.imageGone = true;
  world.journal.note("image-gone", deployment);
}

export function canRollback(world: World, deployment: Deployment): boolean {
  if (!deployment.wentLive || deployment.imageGone) return false;
  if (deployment.instance.serving !== deployment) return true;
  return world.options.servingCanRollback;
}

export function canRedeploy(deployment: Deployment): boolean {
  return (
    !deployment.imageGone &&
    ["SUCCESS", "CRASHED", "FAILED", "SLEEPING"].includes(deployment.status)
  );
}
