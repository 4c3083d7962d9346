import type { Component, Image } from "../config/config.ts";
import type { BuildImageStep, ProbeStep, ServeStep, Step } from "../plan/step.ts";
import type { PlanContext } from "./context.ts";
import { releaseSteps, startedComponent } from "./release-steps.ts";
import { rulesOf } from "./toolchains/toolchain.ts";

/** The name under which the steps of a stage know the application that it has started. */
export const applicationName = "application";

/**
 * Builds the image, or what stands in for it, starts it, and asks it for its health and answers.
 * @param planned the stage's other steps: what they have installed is not installed again
 */
export function applicationSteps(
  image: Image,
  planned: readonly Step[],
  context: PlanContext,
): Step[] {
  const start = startedComponent(context);
  const standIn = start ? standInSteps(planned, context) : [];
  const serve = serveStep(image, start, [...planned, ...standIn]);
  return [imageBuildStep(image, serve), ...standIn, serve, ...probes(image)];
}

/** How the image is built; with a step that serves it, that one stands in where none can be. */
export function imageBuildStep(image: Image, serve?: ServeStep): BuildImageStep {
  return {
    kind: "build-image",
    id: "image",
    title: `image from ${image.dockerfile}`,
    needs: [],
    blocking: image.blocking,
    timeoutSeconds: 1800,
    dockerfile: image.dockerfile,
    context: image.context,
    ...(image.target && { target: image.target }),
    args: { ...image.args },
    image: applicationName,
    ...(serve?.process && { standIn: serve.id }),
  };
}

/** What stands in for the image, but for what the tests have done already. */
function standInSteps(tests: readonly Step[], context: PlanContext): Step[] {
  const planned = new Set(tests.map((step) => step.id));
  return releaseSteps(context)
    .filter((step) => !planned.has(step.id))
    .map((step) => ({ ...step, onlyWithout: "images" }));
}

function serveStep(image: Image, start: Component | undefined, before: readonly Step[]): ServeStep {
  const installed = before.findLast(
    (step) => step.component === start?.name && step.title.endsWith(": install"),
  );
  const standIns = before.filter((step) => step.onlyWithout || step === installed);
  return {
    kind: "serve",
    id: "start",
    title: "start the application",
    needs: ["image", ...standIns.map((step) => step.id)],
    blocking: image.blocking,
    timeoutSeconds: image.startupSeconds,
    image: applicationName,
    ...(start?.start &&
      installed && {
        process: {
          argv: [...start.start],
          directory: start.path,
          path: [...rulesOf(start).path],
          toolchain: start.name,
          after: installed.id,
          workspace: "main",
        },
      }),
    port: image.port,
    env: { ...start?.env, ...image.env },
    serves: applicationName,
  };
}

function probes(image: Image): ProbeStep[] {
  const common = {
    kind: "probe" as const,
    blocking: image.blocking,
    target: applicationName,
    intervalSeconds: 0.5,
  };
  const health: ProbeStep[] = image.health
    ? [
        {
          ...common,
          id: "health",
          title: `health at ${image.health}`,
          needs: ["start"],
          timeoutSeconds: image.startupSeconds + 30,
          requests: [{ path: image.health, method: "GET", status: 200 }],
          withinSeconds: image.startupSeconds,
          consecutive: 3,
        },
      ]
    : [];
  if (image.endpoints.length === 0) return health;
  const endpoints: ProbeStep = {
    ...common,
    id: "endpoints",
    title: "critical endpoints",
    needs: image.health ? ["health"] : ["start"],
    timeoutSeconds: image.startupSeconds + 30,
    requests: image.endpoints.map(
      (endpoint) => structuredClone(endpoint) as ProbeStep["requests"][0],
    ),
    withinSeconds: image.health ? 1 : image.startupSeconds,
    consecutive: 1,
  };
  return [...health, endpoints];
}
