import type { Component, Image } from "../config/config.ts";
import type { BuildImageStep, ProbeStep, ServeStep, Step } from "../plan/plan.ts";
import { onMain } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition } from "./context.ts";
import { releaseSteps, startedComponent } from "./release-steps.ts";
import { componentsWith, testSteps } from "./test-steps.ts";
import { rulesOf } from "./toolchains/toolchain.ts";

/** Validation tests, the image, and the started application asked from outside. */
export const smokeTests: StageDefinition = {
  id: "smoke-tests",
  kind: "check",
  needs: ["unit-tests"],
  blocking: ({ config }) =>
    config.image?.blocking !== false || config.components.some((c) => c.tests.smoke),
  decide: (context) =>
    context.config.image || componentsWith(context, "smoke").length > 0
      ? onMain(context)
      : no("no image and no smoke tests are configured"),
  steps: (context) => {
    const tests = testSteps(context, "smoke", "smoke-tests");
    const { image } = context.config;
    return image ? [...tests, ...imageSteps(image, tests, context)] : tests;
  },
};

function imageSteps(image: Image, tests: readonly Step[], context: PlanContext): Step[] {
  if (!image.health && image.endpoints.length === 0) return [imageBuildStep(image)];
  const start = startedComponent(context);
  const standIn = start ? standInSteps(tests, context) : [];
  const serve = serveStep(image, start, [...tests, ...standIn]);
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
    image: "application",
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
    image: "application",
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
    serves: "application",
  };
}

function probes(image: Image): ProbeStep[] {
  const common = {
    kind: "probe" as const,
    blocking: image.blocking,
    target: "application",
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
