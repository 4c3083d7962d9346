import type { Instance, Named, Project } from "../../world/model.ts";
import { deploymentsOf, type World } from "../../world/world.ts";
import { connection, type Page } from "../connection.ts";
import { deploymentView } from "./deployment.ts";
import { projectView } from "./project.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";

export function serviceView(world: World, id: string): View {
  const [project, service] = locate(world, id);
  const instances = world.instances.filter((one) => one.serviceId === id);
  return {
    __typename: "Service",
    id,
    name: service.name,
    projectId: project.id,
    createdAt: time(service.createdAt),
    updatedAt: time(service.createdAt),
    deletedAt: null,
    icon: null,
    project: () => projectView(world, project.id),
    serviceInstances: (page: Page) =>
      connection(
        instances.map((one) => instanceView(world, one)),
        page,
      ),
  };
}

export function instanceView(world: World, instance: Instance): View {
  const deployments = () => deploymentsOf(world, instance);
  return {
    __typename: "ServiceInstance",
    ...instance.settings,
    id: instance.id,
    createdAt: time(instance.createdAt),
    updatedAt: time(instance.createdAt),
    deletedAt: null,
    environmentId: instance.environmentId,
    serviceId: instance.serviceId,
    serviceName: locate(world, instance.serviceId)[1].name,
    service: () => serviceView(world, instance.serviceId),
    isUpdatable: false,
    nextCronRunAt: null,
    upstreamUrl: null,
    tracingEnabled: false,
    autoInstrumentationEnabled: false,
    domains: () => domainsView(instance),
    latestDeployment: () => {
      const latest = deployments()[0];
      return latest ? deploymentView(world, latest) : null;
    },
    activeDeployments: () => (instance.serving ? [deploymentView(world, instance.serving)] : []),
  };
}

export function domainsView(instance: Instance): View {
  return {
    customDomains: [],
    serviceDomains: [
      {
        __typename: "ServiceDomain",
        id: `${instance.id}-domain`,
        domain: instance.domain,
        createdAt: time(instance.createdAt),
        updatedAt: time(instance.createdAt),
        deletedAt: null,
        edgeId: null,
        environmentId: instance.environmentId,
        projectId: instance.projectId,
        serviceId: instance.serviceId,
        suffix: null,
        syncStatus: "ACTIVE",
        targetPort: null,
      },
    ],
  };
}

function locate(world: World, id: string): [Project, Named] {
  for (const project of world.projects) {
    const service = project.services.find((one) => one.id === id);
    if (service) return [project, service];
  }
  throw new Error(`no service ${id}`);
}
