import type { Deployment, DeploymentEvent, LogLine } from "./model.ts";
import type { World } from "./world.ts";

type Stream = "buildLogs" | "deployLogs";

/** Adds a line; no two lines of a deployment carry the same time, as Railway's nanoseconds do. */
export function log(
  world: World,
  deployment: Deployment,
  stream: Stream,
  message: string,
  severity: LogLine["severity"] = "info",
): void {
  const count = deployment.buildLogs.length + deployment.deployLogs.length;
  deployment[stream].push({ timestamp: nanoseconds(world.clock.now(), count), message, severity });
  world.changes.emit("change");
}

function nanoseconds(now: number, count: number): string {
  const nanos = String(count % 1_000_000).padStart(6, "0");
  return new Date(now).toISOString().replace("Z", `${nanos}Z`);
}

export function beginStep(
  world: World,
  deployment: Deployment,
  step: DeploymentEvent["step"],
): void {
  const createdAt = world.clock.now();
  deployment.events.push({ id: world.newId(), step, createdAt, completedAt: null, error: null });
  world.changes.emit("change");
}

export function endStep(world: World, deployment: Deployment, error: string | null = null): void {
  const event = deployment.events.findLast((one) => one.completedAt === null);
  if (!event) return;
  event.completedAt = world.clock.now();
  event.error = error;
  world.changes.emit("change");
}
