import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { BuildImageStep } from "../../plan/step.ts";
import { findDocker } from "../docker.ts";
import { dockerOf, endWithStage, type Host } from "./host.ts";

/** Builds an image from a clean copy of the source; without Docker, says that it did not. */
export async function buildImage(
  host: Host,
  step: BuildImageStep,
  context: StepContext,
): Promise<StepResult> {
  const docker = dockerOf(host);
  if (!docker) {
    return {
      kind: "not-checked",
      reason: `no image was built: ${host.docker.ok ? "" : host.docker.reason}`,
      mend: "start Docker, or run this with a Dagger engine (`gantry ci --on dagger`)",
    };
  }
  const directory = await host.workspaces.open(context.stage, "image");
  const tag = `gantry-${host.plan.name.toLowerCase()}:${host.runId.toLowerCase()}`;
  let tail = "";
  const exit = await docker.build({
    step,
    tag,
    directory,
    commit: host.plan.trigger.commit,
    signal: context.signal,
    output: (text) => {
      tail = (tail + text).slice(-4096);
      return context.output(text);
    },
  });
  if (exit !== 0) return buildFailed({ host, step, exit, context, tail });
  host.images.set(step.image, tag);
  endWithStage(host, context.stage, () => docker.removeImage(tag));
  const facts = await docker.describeImage(tag);
  await context.output(describeLayers(facts.layers));
  return { kind: "exited", exit, reports: [], measures: { imageMegabytes: facts.megabytes } };
}

/** What Docker says when a registry could not be asked: the Dockerfile is then not to blame. */
const unreachable =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection refused|registry-1\.docker\.io.*(EOF|denied)|toomanyrequests/;

interface FailedBuild {
  readonly host: Host;
  readonly step: BuildImageStep;
  readonly exit: number;
  readonly context: StepContext;
  readonly tail: string;
}

async function buildFailed({ host, step, exit, context, tail }: FailedBuild): Promise<StepResult> {
  if (context.signal.aborted) {
    const ended = context.signal.reason === "timeout" ? "timeout" : "cancelled";
    return { kind: "exited", exit, ended, reports: [] };
  }
  const still = await findDocker(host.machine);
  if (!still.ok) return daemonGone(still.reason);
  const line = tail.split("\n").find((text) => unreachable.test(text));
  if (line) {
    return {
      kind: "world-failed",
      reason: `a registry could not be asked: ${line.trim()}`,
      mend: "check the network, or name base images that this machine reaches (`image.args`)",
    };
  }
  return {
    kind: "exited",
    exit,
    reports: [],
    message: `the image was not built: \`docker build\` of ${step.dockerfile} ended with ${exit}`,
    mend: `the log's end names the line of ${step.dockerfile} that failed`,
  };
}

export function daemonGone(reason: string): StepResult {
  return {
    kind: "world-failed",
    reason: `the Docker daemon went away during the step: ${reason}`,
    mend: "start Docker again, and run this again",
  };
}

function describeLayers(layers: readonly { megabytes: number; by: string }[]): string {
  if (layers.length === 0) return "";
  const lines = layers.map(({ megabytes, by }) => `  ${megabytes.toFixed(1)} MB  ${by}`);
  return `largest layers:\n${lines.join("\n")}\n`;
}
