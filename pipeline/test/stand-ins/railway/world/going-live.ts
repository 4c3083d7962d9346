import { enter } from "./lifecycle.ts";
import { beginStep, endStep, log } from "./logs.ts";
import type { Deployment } from "./model.ts";
import { applyRetention } from "./retention.ts";
import { startApp } from "./start-app.ts";
import { takeDown } from "./take-down.ts";
import { setStatus, type World } from "./world.ts";

/** DEPLOYING: the application starts, Railway's own health check decides, then the switch. */
export async function deploy(world: World, deployment: Deployment): Promise<void> {
  beginStep(world, deployment, "CREATE_CONTAINER");
  log(world, deployment, "deployLogs", "Starting Container");
  const app = await startApp(world, deployment, () => exited(world, deployment));
  if (deployment.stopped) return app.stop();
  deployment.app = app;
  endStep(world, deployment);
  const since = world.clock.now();
  const { starting } = world.options.durations;
  enter(world, deployment, "DEPLOYING", starting, () => check(world, deployment, since));
}

async function check(world: World, deployment: Deployment, since: number): Promise<void> {
  const { healthcheckPath, healthcheckTimeout } = deployment.settings;
  if (healthcheckPath === null) return switchOver(world, deployment);
  if (!deployment.events.some((event) => event.step === "HEALTHCHECK")) {
    beginStep(world, deployment, "HEALTHCHECK");
  }
  const status = await deployment.app?.probe(healthcheckPath);
  if (deployment.status !== "DEPLOYING") return;
  if (status === 200) return switchOver(world, deployment);
  const left = (healthcheckTimeout ?? 300) * 1000 - (world.clock.now() - since);
  if (left <= 0) return neverHealthy(world, deployment);
  const why = status === undefined ? "service unavailable" : `status ${status}`;
  log(world, deployment, "buildLogs", `Healthcheck failed with ${why}. Retrying`);
  deployment.next = world.clock.after(world.options.durations.probeEvery, () =>
    check(world, deployment, since),
  );
}

async function neverHealthy(world: World, deployment: Deployment): Promise<void> {
  log(world, deployment, "buildLogs", "1/1 replicas never became healthy!", "error");
  endStep(world, deployment, "Healthcheck failure");
  await takeDown(world, deployment, "FAILED");
}

/** One assignment moves the public address from the old to the new. */
async function switchOver(world: World, deployment: Deployment): Promise<void> {
  endStep(world, deployment);
  const { instance } = deployment;
  const old = instance.serving;
  instance.serving = deployment;
  deployment.wentLive = true;
  deployment.app?.goLive();
  world.journal.note("serving", deployment);
  setStatus(world, deployment, "SUCCESS");
  crashLater(world, deployment);
  await Promise.all(
    overtaken(world, deployment, old).map((one) => takeDown(world, one, "REMOVED")),
  );
  applyRetention(world, instance);
}

/** What no longer counts now that this one serves: the old one, and older ones still under way. */
function overtaken(world: World, live: Deployment, old: Deployment | undefined): Deployment[] {
  const before = world.deployments.slice(0, world.deployments.indexOf(live));
  const underWay = ["QUEUED", "INITIALIZING", "BUILDING", "DEPLOYING", "WAITING"];
  return before.filter(
    (one) => one.instance === live.instance && (one === old || underWay.includes(one.status)),
  );
}

function crashLater(world: World, deployment: Deployment): void {
  if (deployment.fault?.name !== "crashes-after-success") return;
  deployment.next = world.clock.after(deployment.fault.seconds * 1000, async () => {
    await deployment.app?.stop();
    log(world, deployment, "deployLogs", "exited with code 1", "error");
    setStatus(world, deployment, "CRASHED");
  });
}

/** An application that ended by itself is started again as its restart policy says. */
function exited(world: World, deployment: Deployment): void {
  const { restartPolicyType, restartPolicyMaxRetries } = deployment.settings;
  log(world, deployment, "deployLogs", "The application ended", "error");
  if (deployment.status !== "SUCCESS") return;
  const never = restartPolicyType === "NEVER";
  const spent = restartPolicyType !== "ALWAYS" && deployment.restarts >= restartPolicyMaxRetries;
  if (never || spent) {
    setStatus(world, deployment, "CRASHED");
    return;
  }
  deployment.restarts += 1;
  deployment.next = world.clock.after(world.options.durations.restart, () =>
    restart(world, deployment),
  );
}

export async function restart(world: World, deployment: Deployment): Promise<void> {
  await deployment.app?.stop();
  deployment.app = await startApp(world, deployment, () => exited(world, deployment));
  deployment.app.goLive();
}
