import { deploymentsOf } from "../world/world.ts";
import { connection, type Page } from "./connection.ts";
import {
  type Context,
  findDeployment,
  findInstance,
  findProject,
  mayUse,
  notAuthorized,
  refuse,
} from "./context.ts";
import { type EnvironmentWindow, type LogWindow, logLines, snapshotLines } from "./log-lines.ts";
import { platformVariables } from "./platform-variables.ts";
import { deploymentView, eventView } from "./views/deployment.ts";
import { environmentView } from "./views/environment.ts";
import { projectView } from "./views/project.ts";
import { domainsView, instanceView, serviceView } from "./views/service.ts";
import { userView } from "./views/workspace.ts";

type Target = { readonly environmentId: string; readonly serviceId: string };
type LogArgs = LogWindow & { readonly deploymentId: string };

/** Every query that the stand-in answers, by its name in Railway's schema. */
export const query = {
  me: (_: object, context: Context) =>
    context.caller.kind === "account" ? userView(context.world) : refuse(notAuthorized),
  externalWorkspaces: () => [],
  projectToken: (_: object, context: Context) => projectTokenView(context),
  project: ({ id }: { id: string }, context: Context) =>
    projectView(context.world, findProject(context, id).id),
  projects: (page: Page, context: Context) =>
    connection(
      context.world.projects.map((one) => projectView(context.world, one.id)),
      page,
    ),
  environment: ({ id }: { id: string }, context: Context) => {
    if (!context.world.instances.some((one) => one.environmentId === id)) {
      return refuse("Environment not found");
    }
    if (!mayUse(context.caller, id)) return refuse(notAuthorized);
    return environmentView(context.world, id);
  },
  environments: ({ projectId, ...page }: { projectId: string } & Page, context: Context) =>
    connection(
      findProject(context, projectId).environments.map((one) =>
        environmentView(context.world, one.id),
      ),
      page,
    ),
  service: ({ id }: { id: string }, context: Context) => {
    const known = context.world.instances.some((one) => one.serviceId === id);
    return known ? serviceView(context.world, id) : refuse("Service not found");
  },
  serviceInstance: (target: Target, context: Context) =>
    instanceView(context.world, findInstance(context, target.environmentId, target.serviceId)),
  domains: (target: Target, context: Context) =>
    domainsView(findInstance(context, target.environmentId, target.serviceId)),
  deployment: ({ id }: { id: string }, context: Context) =>
    deploymentView(context.world, findDeployment(context, id)),
  deployments: ({ input, ...page }: { input: DeploymentList } & Page, context: Context) =>
    connection(
      listed(input, context).map((one) => deploymentView(context.world, one)),
      page,
    ),
  deploymentSnapshot: ({ deploymentId }: { deploymentId: string }, context: Context) =>
    snapshotView(context, deploymentId),
  deploymentEvents: ({ id, ...page }: { id: string } & Page, context: Context) =>
    connection(findDeployment(context, id).events.map(eventView), page),
  buildLogs: (args: LogArgs, context: Context) =>
    logLines(findDeployment(context, args.deploymentId), "buildLogs", args),
  deploymentLogs: (args: LogArgs, context: Context) =>
    logLines(findDeployment(context, args.deploymentId), "deployLogs", args),
  environmentLogs: (args: EnvironmentWindow, context: Context) =>
    snapshotLines(context.world, args),
  variables: (target: VariablesTarget, context: Context) => variablesOf(context, target),
  variablesForServiceDeployment: (target: VariablesTarget, context: Context) =>
    variablesOf(context, target),
};

interface DeploymentList {
  readonly environmentId?: string | null;
  readonly projectId?: string | null;
  readonly serviceId?: string | null;
  readonly status?: { readonly in?: string[] | null; readonly notIn?: string[] | null } | null;
}

function listed(input: DeploymentList, { world, caller }: Context) {
  return world.instances
    .filter((one) => !input.projectId || one.projectId === input.projectId)
    .filter((one) => !input.environmentId || one.environmentId === input.environmentId)
    .filter((one) => !input.serviceId || one.serviceId === input.serviceId)
    .filter((one) => mayUse(caller, one.environmentId))
    .flatMap((one) => deploymentsOf(world, one))
    .filter((one) => !input.status?.in || input.status.in.includes(one.status))
    .filter((one) => !input.status?.notIn?.includes(one.status));
}

function projectTokenView({ world, caller }: Context) {
  if (caller.kind !== "project") return refuse("Project Token not found");
  return {
    id: `token-of-${caller.environmentId}`,
    name: "Stand-in",
    displayToken: "****",
    createdAt: new Date(0).toISOString(),
    projectId: caller.projectId,
    environmentId: caller.environmentId,
    project: () => projectView(world, caller.projectId),
    environment: () => environmentView(world, caller.environmentId),
  };
}

function snapshotView(context: Context, deploymentId: string) {
  const deployment = findDeployment(context, deploymentId);
  const at = new Date(deployment.createdAt).toISOString();
  return {
    id: deployment.snapshotId,
    createdAt: at,
    updatedAt: at,
    variables: deployment.variables,
  };
}

interface VariablesTarget {
  readonly environmentId: string;
  readonly serviceId?: string | null;
}

function variablesOf(context: Context, target: VariablesTarget) {
  if (!target.serviceId) return {};
  const instance = findInstance(context, target.environmentId, target.serviceId);
  return { ...instance.variables, ...platformVariables(context.world, instance) };
}
