import type { Instance, Volume } from "../../world/model.ts";
import type { World } from "../../world/world.ts";
import { connection, type Page } from "../connection.ts";
import { environmentView } from "./environment.ts";
import { projectView } from "./project.ts";
import { serviceView } from "./service.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";

export function volumeView(world: World, instance: Instance, volume: Volume): View {
  return {
    __typename: "Volume",
    id: volume.id,
    name: volume.name,
    createdAt: time(volume.createdAt),
    projectId: instance.projectId,
    project: () => projectView(world, instance.projectId),
    volumeInstances: (page: Page) =>
      connection([volumeInstanceView(world, instance, volume)], page),
  };
}

export function volumeInstanceView(world: World, instance: Instance, volume: Volume): View {
  return {
    __typename: "VolumeInstance",
    id: volume.instanceId,
    createdAt: time(volume.createdAt),
    deletedAt: null,
    currentSizeMB: 0,
    sizeMB: 500,
    environmentId: instance.environmentId,
    serviceId: instance.serviceId,
    externalId: null,
    isPendingDeletion: false,
    mountPath: volume.mountPath,
    region: null,
    state: "READY",
    volumeId: volume.id,
    volume: () => volumeView(world, instance, volume),
    environment: () => environmentView(world, instance.environmentId),
    service: () => serviceView(world, instance.serviceId),
  };
}
