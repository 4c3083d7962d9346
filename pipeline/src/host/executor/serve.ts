import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { ProbeStep, ServeStep } from "../../plan/step.ts";
import { findDocker } from "../docker.ts";
import { probe } from "../probe.ts";
import { runProcess } from "../process.ts";
import { baseEnvironment, toolsFor } from "./exec.ts";
import { dockerOf, endWithStage, type Host } from "./host.ts";
import { daemonGone } from "./image.ts";
import { isProbed, type Served, servedAs, servedKey, untilOpen } from "./served.ts";

/** Starts the application: its image where one was built, else the process that stands in. */
export async function startApplication(
  host: Host,
  step: ServeStep,
  context: StepContext,
): Promise<StepResult> {
  const tag = step.image && host.images.get(step.image);
  const started = tag
    ? await startImage({ host, step, context }, tag)
    : await startProcess({ host, step, context });
  if ("kind" in started) return started;
  host.served.set(servedKey(context.stage, step.serves), started);
  await sleep(50);
  if (!isProbed(host.plan, context.stage, step.serves)) await untilOpen(started, context.signal);
  if (context.signal.aborted) return endedFromOutside(context.signal);
  const gone = await started.gone();
  if (!gone) return { kind: "exited", exit: 0, reports: [] };
  await context.output(await started.tail());
  return failed(gone);
}

interface ServeRequest {
  readonly host: Host;
  readonly step: ServeStep;
  readonly context: StepContext;
}

async function startImage(
  { host, step, context }: ServeRequest,
  tag: string,
): Promise<Served | StepResult> {
  const docker = dockerOf(host);
  if (!docker) throw new Error("an image without Docker");
  const startedAt = performance.now();
  const started = await docker.start({
    image: tag,
    name: `gantry-${host.runId}-${context.stage}-${step.serves}`.toLowerCase(),
    port: step.port,
    env: { PORT: String(step.port), GANTRY_COMMIT: host.plan.trigger.commit, ...step.env },
    labels: { "gantry.run": host.runId },
  });
  if (!started.ok) {
    const still = await findDocker(host.machine);
    return still.ok
      ? failed(`the container did not start: ${started.reason}`)
      : daemonGone(still.reason);
  }
  const { container, port } = started;
  endWithStage(host, context.stage, container.remove);
  return {
    base: `http://127.0.0.1:${port}`,
    startedAt,
    tail: () => container.logs(50),
    async gone() {
      const { running, exit } = await container.state();
      return running ? undefined : `the container ended with exit code ${exit}`;
    },
  };
}

async function startProcess({ host, step, context }: ServeRequest): Promise<Served | StepResult> {
  const plan = step.process;
  if (!plan) {
    return {
      kind: "not-checked",
      reason: "there is no image, and no `start` command says how to start it as a process",
      mend: "start Docker, or add `start:` to the component",
    };
  }
  const tools = await toolsFor(host, plan.toolchain, context);
  if (!tools.ok) return { kind: "world-failed", reason: tools.reason, mend: tools.mend };
  const workspace = await host.workspaces.open(context.stage, plan.workspace);
  const directory = join(workspace, plan.directory);
  const port = await freePort();
  const log = await openLog(host, context.stage, step.serves);
  const stop = new AbortController();
  let ended: string | undefined;
  const startedAt = performance.now();
  const [program, ...args] = plan.argv;
  const end = runProcess({
    argv: [program, ...args],
    cwd: directory,
    env: {
      ...(await baseEnvironment(host, plan, directory, tools.path)),
      GANTRY_COMMIT: host.plan.trigger.commit,
      ...step.env,
      PORT: String(port),
    },
    signal: stop.signal,
    output: log.write,
  }).then(({ exit }) => {
    ended = `the application ended with exit code ${exit}`;
  });
  endWithStage(host, context.stage, async () => {
    stop.abort("cancelled");
    await end;
    await log.close();
  });
  return {
    base: `http://127.0.0.1:${port}`,
    startedAt,
    gone: async () => ended,
    tail: async () => log.tail(),
  };
}

/** Asks what was started; when it does not answer as expected, its last words are shown. */
export async function runProbe(
  host: Host,
  step: ProbeStep,
  context: StepContext,
): Promise<StepResult> {
  const served = servedAs(host, context.stage, step.target);
  const end = await probe({
    step,
    base: served.base,
    signal: context.signal,
    output: context.output,
    gone: served.gone,
  });
  if (end.ok) {
    const startup = Math.round(performance.now() - served.startedAt) / 1000;
    return { kind: "exited", exit: 0, reports: [], measures: { startupSeconds: startup } };
  }
  if (context.signal.aborted) return endedFromOutside(context.signal);
  const still = host.docker.ok ? await findDocker(host.machine) : undefined;
  if (still && !still.ok) return daemonGone(still.reason);
  await context.output(`the application's last words:\n${await served.tail()}\n`);
  return failed(end.reason);
}

function endedFromOutside({ reason }: AbortSignal): StepResult {
  const ended = reason === "timeout" ? "timeout" : "cancelled";
  return { kind: "exited", exit: 1, ended, reports: [] };
}

function failed(message: string): StepResult {
  return {
    kind: "exited",
    exit: 1,
    reports: [],
    message,
    mend: "the log shows the application's last words; start it by hand to see more",
  };
}

interface ApplicationLog {
  readonly write: (text: string) => Promise<void>;
  readonly tail: () => string;
  readonly close: () => Promise<void>;
}

async function openLog(host: Host, stage: string, name: string): Promise<ApplicationLog> {
  const folder = join(host.runFolder, "artifacts", stage);
  await mkdir(folder, { recursive: true });
  const stream = createWriteStream(join(folder, `${name}.log`));
  let tail = "";
  return {
    tail: () => tail,
    async write(text) {
      tail = (tail + text).slice(-8192);
      if (!stream.write(text))
        await new Promise((resolve) => stream.once("drain", () => resolve(undefined)));
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
