import type { Instance, Named, Variables } from "../world/model.ts";
import type { World } from "../world/world.ts";

/** What Railway itself adds to a service's variables. */
export function platformVariables(world: World, instance: Instance): Variables {
  const project = world.projects.find((one) => one.id === instance.projectId);
  const environment = nameOf(project?.environments, instance.environmentId);
  return {
    RAILWAY_ENVIRONMENT: environment,
    RAILWAY_ENVIRONMENT_ID: instance.environmentId,
    RAILWAY_ENVIRONMENT_NAME: environment,
    RAILWAY_PROJECT_ID: instance.projectId,
    RAILWAY_PROJECT_NAME: project?.name ?? "",
    RAILWAY_PUBLIC_DOMAIN: instance.domain,
    RAILWAY_SERVICE_ID: instance.serviceId,
    RAILWAY_SERVICE_NAME: nameOf(project?.services, instance.serviceId),
  };
}

function nameOf(list: readonly Named[] | undefined, id: string): string {
  return list?.find((one) => one.id === id)?.name ?? "";
}
