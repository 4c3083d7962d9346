import { createServer, type Server } from "node:http";
import type { Behaviour } from "../apps/behaviour.ts";
import type { ConnectionFault, DeploymentFault, RequestFault } from "../faults/fault.ts";
import type { Arm } from "../faults/switchboard.ts";
import type { RailwayStandIn } from "../stand-in.ts";
import type { Deployment } from "../world/model.ts";
import { readJson } from "./body.ts";
import { listen } from "./doors.ts";
import { json, type Reply, send } from "./reply.ts";

type Steer = (standIn: RailwayStandIn, body: never) => unknown;

/** What other processes can ask and set: `POST /_control/<name>` with JSON; the answer is JSON. */
const controls: Readonly<Record<string, Steer>> = {
  state: (standIn) => stateOf(standIn),
  journal: ({ journal }) => journal.entries,
  requests: ({ requests }) => requests,
  faults: ({ faults }) => faults.armed(),
  "fault-on-request": ({ faults }, { operation, fault, ...arm }: OnRequest) =>
    faults.onRequest(operation, fault, arm),
  "fault-on-deployment": ({ faults }, { fault, ...arm }: OnDeployment) =>
    faults.onDeployment(fault, arm),
  "clear-faults": ({ faults }) => faults.clear(),
  connection: (standIn, { fault }: Connection) => standIn.connection(fault ?? undefined),
  behaviour: (standIn, behaviour: Behaviour) => standIn.behave(behaviour),
  "forget-image": (standIn, { id }: { id: string }) => standIn.forgetImage(id),
  advance: (standIn, { seconds }: { seconds: number }) => standIn.advance(seconds),
};

type OnRequest = Arm & { readonly operation: string; readonly fault: RequestFault };
type OnDeployment = Arm & { readonly fault: DeploymentFault };
type Connection = { readonly fault?: ConnectionFault | null };

/** Its own port, so that a closed API can be opened again. */
export async function openControl(
  standIn: () => RailwayStandIn,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(async (request, response) => {
    const body = request.method === "POST" ? await readJson(request) : {};
    send(response, await steer(standIn(), request.url ?? "/", body));
  });
  return { server, port: await listen(server, 0) };
}

async function steer(standIn: RailwayStandIn, url: string, body: unknown): Promise<Reply> {
  const name = /^\/_control\/([a-z-]+)$/.exec(url)?.[1] ?? "";
  const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
  if (!control)
    return json(404, { message: `There is no control ${name}`, controls: Object.keys(controls) });
  try {
    return json(200, (await control(standIn, (body ?? {}) as never)) ?? null);
  } catch (error) {
    return json(400, { message: String(error) });
  }
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
