import { GraphQLError } from "graphql";
import type { Deployment, Instance, Project } from "../world/model.ts";
import { instanceOf, type World } from "../world/world.ts";

/** Who asks: the account, or a token that is bound to one environment of one project. */
export type Caller =
  | { readonly kind: "account" }
  | { readonly kind: "project"; readonly projectId: string; readonly environmentId: string };

export interface Context {
  readonly world: World;
  readonly caller: Caller;
}

export const notAuthorized = "Not Authorized";

export function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: "INTERNAL_SERVER_ERROR" } });
}

export function findProject({ world, caller }: Context, id: string): Project {
  const project = world.projects.find((one) => one.id === id);
  if (!project) return refuse("Project not found");
  if (caller.kind === "project" && caller.projectId !== id) return refuse(notAuthorized);
  return project;
}

export function findInstance(
  { world, caller }: Context,
  environmentId: string,
  serviceId: string,
): Instance {
  const instance = instanceOf(world, environmentId, serviceId);
  if (!instance) return refuse("ServiceInstance not found");
  if (!mayUse(caller, environmentId)) return refuse(notAuthorized);
  return instance;
}

export function findDeployment({ world, caller }: Context, id: string): Deployment {
  const deployment = world.deployments.find((one) => one.id === id);
  if (!deployment) return refuse("Deployment not found");
  if (!mayUse(caller, deployment.instance.environmentId)) return refuse(notAuthorized);
  return deployment;
}

export function mayUse(caller: Caller, environmentId: string): boolean {
  return caller.kind === "account" || caller.environmentId === environmentId;
}
