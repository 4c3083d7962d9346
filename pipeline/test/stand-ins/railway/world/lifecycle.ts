import type { Act } from "../clock.ts";
import { deploy } from "./going-live.ts";
import { beginStep, endStep, log } from "./logs.ts";
import type { Deployment, DeploymentStatus } from "./model.ts";
import { setStatus, type World } from "./world.ts";

/** The way of a deployment: QUEUED, INITIALIZING, BUILDING, DEPLOYING; then going-live.ts. */
export function walk(world: World, deployment: Deployment): void {
  if (deployment.fault?.name === "needs-approval") {
    setStatus(world, deployment, "NEEDS_APPROVAL");
    return;
  }
  begin(world, deployment);
}

/** Approves a deployment that waited for it. */
export function begin(world: World, deployment: Deployment): void {
  const { durations } = world.options;
  enter(world, deployment, "QUEUED", durations.queued, () => initialize(world, deployment));
}

function initialize(world: World, deployment: Deployment): void {
  const { initializing } = world.options.durations;
  const hasImage = deployment.reason !== "deploy";
  enter(world, deployment, "INITIALIZING", initializing, () =>
    hasImage ? deploy(world, deployment) : build(world, deployment),
  );
}

const buildLines = ["Unpacking the archive", "Installing packages", "Building", "Exporting image"];

function build(world: World, deployment: Deployment): void {
  const { building } = world.options.durations;
  beginStep(world, deployment, "BUILD_IMAGE");
  const lines = [...buildLines];
  const share = building / lines.length;
  const one = (): void => {
    log(world, deployment, "buildLogs", lines.shift() as string);
    if (lines.length > 0) deployment.next = world.clock.after(share, one);
    else deployment.next = world.clock.after(share, () => built(world, deployment));
  };
  enter(world, deployment, "BUILDING", 0, one);
}

async function built(world: World, deployment: Deployment): Promise<void> {
  if (deployment.fault?.name === "build-fails") {
    log(world, deployment, "buildLogs", "npm run build exited with code 1", "error");
    endStep(world, deployment, "Failed to build an image. Check the build logs.");
    setStatus(world, deployment, "FAILED");
    return;
  }
  endStep(world, deployment);
  await deploy(world, deployment);
}

/** Takes a status and goes on after a while, unless a fault says otherwise for this status. */
export function enter(
  world: World,
  deployment: Deployment,
  status: DeploymentStatus,
  milliseconds: number,
  then: Act,
): void {
  setStatus(world, deployment, status);
  const { fault } = deployment;
  if (fault?.name === "stuck" && fault.in === status) return;
  if (fault?.name === "becomes" && fault.in === status) {
    deployment.next = world.clock.after(milliseconds, () =>
      setStatus(world, deployment, fault.status),
    );
    return;
  }
  deployment.next = world.clock.after(milliseconds, then);
}
