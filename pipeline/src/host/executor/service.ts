import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceResult, StageContext } from "../../execute/executor.ts";
import type { PlannedService } from "../../plan/plan.ts";
import { provided } from "../docker.ts";
import { dockerOf, endWithStage, type Host } from "./host.ts";

export interface ServiceRequest {
  readonly host: Host;
  readonly name: string;
  readonly service: PlannedService;
  readonly context: StageContext;
}

/** Starts a service with Docker for one stage, and waits until its port answers. */
export async function startContainerService(request: ServiceRequest): Promise<ServiceResult> {
  const { host, name, service, context } = request;
  const docker = dockerOf(host);
  if (!docker) {
    return {
      kind: "not-checked",
      reason: host.docker.ok ? "" : host.docker.reason,
      mend: "start Docker, or run this with a Dagger engine (`gantry ci --on dagger`)",
    };
  }
  const started = await docker.start({
    image: service.image,
    name: `gantry-${host.runId}-${context.stage}-${name}`.toLowerCase(),
    port: service.port,
    env: service.env,
    labels: { "gantry.run": host.runId },
  });
  if (!started.ok) {
    return {
      kind: "world-failed",
      reason: `\`${service.image}\` did not start: ${started.reason}`,
      mend: "check the image's name and that this machine reaches its registry",
    };
  }
  endWithStage(host, context.stage, started.container.remove);
  const ready = await waitForPort(started.port, service.readySeconds, context.signal);
  if (ready) return { kind: "ready", env: provided(service, "127.0.0.1", started.port) };
  return {
    kind: "world-failed",
    reason: `port ${service.port} of \`${service.image}\` did not answer within ${service.readySeconds} s: ${await started.container.logs(5)}`,
    mend: "look at what the service says, or give it a longer `ready`",
  };
}

/** Whether a port of this machine answers within some seconds. */
export async function waitForPort(
  port: number,
  seconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until && !signal.aborted) {
    if (await answers(port)) return true;
    await sleep(100);
  }
  return false;
}

/**
 * Docker's own proxy accepts connections before the service does, and then closes them at once: a
 * connection that stays open for a moment is the service's.
 */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const settle = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => setTimeout(() => settle(true), 150));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
  });
}
