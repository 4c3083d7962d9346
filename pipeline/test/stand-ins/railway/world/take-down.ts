import type { Deployment, DeploymentStatus } from "./model.ts";
import { setStatus, type World } from "./world.ts";

/** Ends a deployment for good; what serves the public is not touched here. */
export async function takeDown(
  world: World,
  deployment: Deployment,
  status: DeploymentStatus,
): Promise<void> {
  deployment.next();
  if (status === "REMOVED") setStatus(world, deployment, "REMOVING");
  const { app } = deployment;
  deployment.app = undefined;
  deployment.stopped = true;
  setStatus(world, deployment, status);
  await app?.stop();
}
