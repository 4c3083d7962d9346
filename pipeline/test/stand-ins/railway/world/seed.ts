import type { Instance, Named, Project, Settings } from "./model.ts";
import type { World } from "./world.ts";

/** One project with production and staging, and one service in both. */
export interface Seeded {
  readonly project: Project;
  readonly production: Instance;
  readonly staging: Instance;
}

export function seed(world: World): Seeded {
  const named = (name: string): Named => ({
    id: world.newId(),
    name,
    createdAt: world.clock.now(),
  });
  const [production, staging, service] = [named("production"), named("staging"), named("web")];
  const project = {
    ...named("rose"),
    environments: [production, staging],
    services: [service],
  };
  world.projects.push(project);
  return {
    project,
    production: addInstance(world, project, production, service),
    staging: addInstance(world, project, staging, service),
  };
}

function addInstance(world: World, project: Project, environment: Named, service: Named): Instance {
  const instance: Instance = {
    id: world.newId(),
    projectId: project.id,
    environmentId: environment.id,
    serviceId: service.id,
    createdAt: world.clock.now(),
    settings: freshSettings,
    variables: {},
    domain: "",
    serving: undefined,
    volumes: [],
  };
  world.instances.push(instance);
  return instance;
}

/** What a new service has at Railway, but for the health path. */
export const freshSettings: Settings = {
  builder: "RAILPACK",
  buildCommand: null,
  cronSchedule: null,
  dockerfilePath: null,
  drainingSeconds: null,
  healthcheckPath: "/api/health",
  healthcheckTimeout: 300,
  ipv6EgressEnabled: false,
  nixpacksPlan: null,
  numReplicas: 1,
  overlapSeconds: null,
  preDeployCommand: null,
  railwayConfigFile: null,
  region: null,
  restartPolicyMaxRetries: 10,
  restartPolicyType: "ON_FAILURE",
  rootDirectory: null,
  sleepApplication: false,
  source: null,
  startCommand: null,
  watchPatterns: [],
};
