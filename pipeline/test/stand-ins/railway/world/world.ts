import { EventEmitter } from "node:events";
import type { Clock } from "../clock.ts";
import type { Switchboard } from "../faults/switchboard.ts";
import type { Options } from "../options.ts";
import { ids } from "./ids.ts";
import type { Journal } from "./journal.ts";
import type { Deployment, DeploymentStatus, Instance, Project } from "./model.ts";

/** Everything that the stand-in holds, and the one place that tells others of a change. */
export interface World {
  readonly clock: Clock;
  readonly options: Options;
  readonly faults: Switchboard;
  readonly journal: Journal;
  readonly projects: Project[];
  readonly instances: Instance[];
  /** Newest last. */
  readonly deployments: Deployment[];
  readonly changes: EventEmitter;
  readonly newId: () => string;
}

export function createWorld(parts: Pick<World, "clock" | "options" | "faults" | "journal">): World {
  return {
    ...parts,
    projects: [],
    instances: [],
    deployments: [],
    changes: new EventEmitter().setMaxListeners(0),
    newId: ids(),
  };
}

export function setStatus(world: World, deployment: Deployment, status: DeploymentStatus): void {
  deployment.status = status;
  deployment.statusUpdatedAt = world.clock.now();
  world.journal.note("status", deployment, status);
  world.changes.emit("change");
}

export function instanceOf(
  world: World,
  environmentId: string,
  serviceId: string,
): Instance | undefined {
  return world.instances.find(
    (instance) => instance.environmentId === environmentId && instance.serviceId === serviceId,
  );
}

/** Newest first. */
export function deploymentsOf(world: World, instance: Instance): Deployment[] {
  return world.deployments.filter((deployment) => deployment.instance === instance).reverse();
}
