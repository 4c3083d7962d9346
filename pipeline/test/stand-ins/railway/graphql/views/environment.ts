import type { Named, Project } from "../../world/model.ts";
import { deploymentsOf, type World } from "../../world/world.ts";
import { connection, type Page } from "../connection.ts";
import { type Context, mayUse } from "../context.ts";
import { deploymentView } from "./deployment.ts";
import { instanceView } from "./service.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";
import { volumeInstanceView } from "./volume.ts";

export function environmentView(world: World, id: string): View {
  const [project, environment] = locate(world, id);
  const instances = world.instances.filter((one) => one.environmentId === id);
  return {
    __typename: "Environment",
    id,
    name: environment.name,
    projectId: project.id,
    createdAt: time(environment.createdAt),
    updatedAt: time(environment.createdAt),
    deletedAt: null,
    canAccess: (_: object, { caller }: Context) => mayUse(caller, id),
    isEphemeral: false,
    unmergedChangesCount: 0,
    sourceEnvironment: null,
    meta: null,
    serviceInstances: (page: Page) =>
      connection(
        instances.map((one) => instanceView(world, one)),
        page,
      ),
    volumeInstances: (page: Page) =>
      connection(
        instances.flatMap((one) =>
          one.volumes.map((volume) => volumeInstanceView(world, one, volume)),
        ),
        page,
      ),
    deployments: (page: Page) =>
      connection(
        instances
          .flatMap((one) => deploymentsOf(world, one))
          .map((one) => deploymentView(world, one)),
        page,
      ),
  };
}

function locate(world: World, id: string): [Project, Named] {
  for (const project of world.projects) {
    const environment = project.environments.find((one) => one.id === id);
    if (environment) return [project, environment];
  }
  throw new Error(`no environment ${id}`);
}
