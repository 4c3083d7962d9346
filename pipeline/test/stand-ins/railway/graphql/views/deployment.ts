import type { Deployment, DeploymentEvent, LogLine } from "../../world/model.ts";
import { canRedeploy, canRollback } from "../../world/retention.ts";
import type { World } from "../../world/world.ts";
import { environmentView } from "./environment.ts";
import { serviceView } from "./service.ts";
import { time } from "./time.ts";
import type { View } from "./view.ts";

export function deploymentView(world: World, deployment: Deployment): View {
  const { instance } = deployment;
  return {
    __typename: "Deployment",
    id: deployment.id,
    status: deployment.status,
    statusUpdatedAt: time(deployment.statusUpdatedAt),
    createdAt: time(deployment.createdAt),
    updatedAt: time(deployment.statusUpdatedAt),
    canRedeploy: canRedeploy(deployment),
    canRollback: canRollback(world, deployment),
    deploymentStopped: deployment.stopped,
    meta: deployment.meta,
    projectId: instance.projectId,
    environmentId: instance.environmentId,
    serviceId: instance.serviceId,
    snapshotId: deployment.snapshotId,
    staticUrl: instance.domain,
    url: instance.domain,
    creator: null,
    diagnosis: null,
    suggestAddServiceDomain: false,
    instances: () => instancesOf(deployment),
    environment: () => environmentView(world, instance.environmentId),
    service: () => serviceView(world, instance.serviceId),
  };
}

function instancesOf(deployment: Deployment) {
  if (!deployment.app) return [];
  const status = deployment.status === "CRASHED" ? "CRASHED" : "RUNNING";
  return [{ id: `${deployment.id}-0`, status: deployment.stopped ? "STOPPED" : status }];
}

export function logView(deployment: Deployment, line: LogLine): View {
  const { instance } = deployment;
  return {
    timestamp: line.timestamp,
    message: line.message,
    severity: line.severity,
    attributes: [{ key: "level", value: JSON.stringify(line.severity) }],
    tags: {
      deploymentId: deployment.id,
      deploymentInstanceId: null,
      environmentId: instance.environmentId,
      pluginId: null,
      projectId: instance.projectId,
      serviceId: instance.serviceId,
      snapshotId: deployment.snapshotId,
    },
  };
}

export function eventView(event: DeploymentEvent): View {
  return {
    id: event.id,
    step: event.step,
    createdAt: time(event.createdAt),
    completedAt: event.completedAt === null ? null : time(event.completedAt),
    payload: {
      error: event.error,
      skipped: false,
      attempt: null,
      detail: null,
      durationMs: event.completedAt === null ? null : event.completedAt - event.createdAt,
      maxAttempts: null,
      reason: null,
    },
  };
}
