import type { World } from "../../world/world.ts";
import { connection, type Page } from "../connection.ts";
import { environmentView } from "./environment.ts";
import { serviceView } from "./service.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";
import { volumeView } from "./volume.ts";
import { workspaceId, workspaceView } from "./workspace.ts";

export function projectView(world: World, id: string): View {
  const project = world.projects.find((one) => one.id === id);
  if (!project) throw new Error(`no project ${id}`);
  const instances = world.instances.filter((one) => one.projectId === id);
  return {
    __typename: "Project",
    id,
    name: project.name,
    description: null,
    createdAt: time(project.createdAt),
    updatedAt: time(project.createdAt),
    deletedAt: null,
    expiredAt: null,
    isPublic: false,
    isTempProject: false,
    prDeploys: false,
    workspaceId,
    workspace: () => workspaceView(world),
    primaryEnvironmentId: project.environments[0]?.id ?? null,
    buckets: (page: Page) => connection([], page),
    environments: (page: Page) =>
      connection(
        project.environments.map((one) => environmentView(world, one.id)),
        page,
      ),
    services: (page: Page) =>
      connection(
        project.services.map((one) => serviceView(world, one.id)),
        page,
      ),
    volumes: (page: Page) =>
      connection(
        instances.flatMap((one) => one.volumes.map((volume) => volumeView(world, one, volume))),
        page,
      ),
  };
}
