import type { Server } from "node:http";
import type { Arm } from "../../armed-faults.ts";
import { openControls } from "../../control.ts";
import type { Behaviour } from "../apps/behaviour.ts";
import type { ConnectionFault, DeploymentFault, RequestFault } from "../faults/fault.ts";
import type { RailwayStandIn } from "../stand-in.ts";
import type { Deployment } from "../world/model.ts";

type OnRequest = Arm & { readonly operation: string; readonly fault: RequestFault };
type OnDeployment = Arm & { readonly fault: DeploymentFault };
type Connection = { readonly fault?: ConnectionFault | null };

export function openControl(
  standIn: () => RailwayStandIn,
): Promise<{ readonly server: Server; readonly port: number }> {
  return openControls(() => controlsOf(standIn()));
}

function controlsOf(standIn: RailwayStandIn) {
  const { journal, requests, faults } = standIn;
  return {
    state: () => stateOf(standIn),
    journal: () => journal.entries,
    requests: () => requests,
    faults: () => faults.armed(),
    "fault-on-request": ({ operation, fault, ...arm }: OnRequest) =>
      faults.onRequest(operation, fault, arm),
    "fault-on-deployment": ({ fault, ...arm }: OnDeployment) => faults.onDeployment(fault, arm),
    "clear-faults": () => faults.clear(),
    connection: ({ fault }: Connection) => standIn.connection(fault ?? undefined),
    behaviour: (behaviour: Behaviour) => standIn.behave(behaviour),
    "forget-image": ({ id }: { id: string }) => standIn.forgetImage(id),
    advance: ({ seconds }: { seconds: number }) => standIn.advance(seconds),
  };
}

function stateOf(standIn: RailwayStandIn) {
  const { world, address, seeded } = standIn;
  return {
    address,
    now: world.clock.now(),
    project: seeded.project,
    instances: world.instances.map(({ serving, ...instance }) => ({
      ...instance,
      serving: serving?.id ?? null,
    })),
    deployments: world.deployments.map(deploymentState),
  };
}

function deploymentState(deployment: Deployment) {
  const { id, status, reason, meta, variables, wentLive, imageGone, createdAt } = deployment;
  const { environmentId } = deployment.instance;
  return { id, environmentId, status, reason, meta, variables, wentLive, imageGone, createdAt };
}
