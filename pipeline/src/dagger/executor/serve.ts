import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { ServeStep } from "../../plan/step.ts";
import type { CacheVolume, Container, Service } from "../client.ts";
import { places, withVariables } from "../environment.ts";
import { execFailureOf, wordsOf } from "../failure.ts";
import { shellImage } from "../images.ts";
import { overdue, within } from "../run/deadline.ts";
import { keepService, type Site } from "./site.ts";

/**
 * The engine gives nobody a service's log, so the application writes it to a volume that the probe
 * reads: each start in a folder of its own, the newest is the one that runs.
 */
const logging = `
rm -rf ${places.serve}/* 2>/dev/null
folder=${places.serve}/$(date +%s)-$$
mkdir -p "$folder" 2>/dev/null || exec "$@"
"$@" >>"$folder/log" 2>&1 &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
wait "$child"
code=$?
tail -c 8192 "$folder/log"
echo "$code" >"$folder/exit"
exit "$code"
`.trim();

/** Starts the built image as a service; the probes that follow decide whether it is well. */
export async function startApplication(
  site: Site,
  step: ServeStep,
  context: StepContext,
): Promise<StepResult> {
  const image = step.image && site.images.get(step.image);
  if (!image) {
    return { kind: "not-checked", reason: "there is no image that could be started" };
  }
  const service = await defineApplication(site, step, context.stage, image);
  keepService(site, context.stage, step.serves, service);
  try {
    const started = await within(service.start(), step.timeoutSeconds);
    if (started !== overdue) return { kind: "exited", exit: 0, reports: [] };
    return { kind: "exited", exit: 124, ended: "timeout", reports: [] };
  } catch (error) {
    const failure = execFailureOf(error);
    if (failure) await context.output(`the application's last words:\n${failure.output}\n`);
    return {
      kind: "exited",
      exit: failure?.exit ?? 1,
      reports: [],
      message: failure
        ? `the container ended with exit code ${failure.exit}`
        : `the container did not start: ${wordsOf(error)}`,
      mend: "the log shows the application's last words; start it by hand to see more (`dagger call app up`)",
    };
  }
}

async function defineApplication(
  site: Site,
  step: ServeStep,
  stage: string,
  image: Container,
): Promise<Service> {
  const [user, entrypoint, words, shell] = await Promise.all([
    image.user(),
    image.entrypoint(),
    image.defaultArgs(),
    image.exists("/bin/sh"),
  ]);
  // The image's own health check would hold up the start by its first interval (30 s by default).
  const configured = withVariables(image.withoutDockerHealthcheck(), {
    PORT: String(step.port),
    GANTRY_COMMIT: site.plan.trigger.commit,
    GANTRY_STAGE: stage,
    ...step.env,
  }).withExposedPort(step.port, { experimentalSkipHealthcheck: true });
  if (!shell) return configured.asService({ useEntrypoint: true });
  const owner = user === "" ? {} : { owner: user };
  return configured
    .withMountedCache(places.serve, logVolume(site, stage), owner)
    .asService({ args: ["/bin/sh", "-c", logging, "gantry", ...entrypoint, ...words] });
}

/** What the application said last, for where no probe could tell any more. */
export async function lastWords(site: Site, stage: string): Promise<string> {
  const script = 'cd "$1" && tail -c 8192 "$(ls | sort | tail -n 1)/log" 2>/dev/null || true';
  const words = await site.dag
    .container()
    .from(shellImage(site.plan))
    .withMountedCache(places.serve, logVolume(site, stage))
    // Asked anew each time: the volume is no input that the engine's cache knows.
    .withEnvVariable("GANTRY_ONCE", crypto.randomUUID())
    .withExec(["sh", "-c", script, "gantry", places.serve])
    .stdout();
  return words || "(none: the image has no shell that could have kept them)\n";
}

export function logVolume(site: Site, stage: string): CacheVolume {
  return site.dag.cacheVolume(`gantry-serve-${site.plan.name}-${stage}`);
}
