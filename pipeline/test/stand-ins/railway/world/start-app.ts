import type { App, AppStart } from "../apps/app.ts";
import { type Behaviour, flapping, neverHealthy } from "../apps/behaviour.ts";
import { startFakeApp } from "../apps/fake.ts";
import { startProcessApp } from "../apps/process.ts";
import { log } from "./logs.ts";
import type { Deployment } from "./model.ts";
import type { World } from "./world.ts";

/** Starts what was deployed: its own command, or the built-in application with its behaviour. */
export async function startApp(
  world: World,
  deployment: Deployment,
  onExit: () => void,
): Promise<App> {
  const start: AppStart = {
    deploymentId: deployment.id,
    variables: deployment.variables,
    log: (line) => log(world, deployment, "deployLogs", line),
    onExit,
  };
  const command = deployment.settings.startCommand ?? world.options.startCommand;
  const { folder } = deployment.source;
  if (world.options.runsUploads && command && folder) {
    return startProcessApp(command, folder, start);
  }
  return startFakeApp(world.clock, behaviourOf(deployment), start);
}

function behaviourOf(deployment: Deployment): Behaviour {
  if (deployment.fault?.name === "never-healthy") return neverHealthy;
  if (deployment.fault?.name === "health-flaps") return flapping;
  return deployment.behaviour;
}
