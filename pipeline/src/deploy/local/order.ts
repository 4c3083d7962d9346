import type { Config } from "../../config/config.ts";
import type { Survey } from "../../config/survey.ts";
import type { Source } from "../../host/source/source.ts";
import { branchesOf } from "../../plan/branches.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Trigger } from "../../plan/plan.ts";
import { imageBuildStep } from "../../stages/application-steps.ts";
import type { PlanContext } from "../../stages/context.ts";
import { releaseSteps, startedComponent } from "../../stages/release-steps.ts";
import { rulesOf, within } from "../../stages/toolchains/toolchain.ts";
import type { BuildOrder } from "./build/build-order.ts";
import type { RunOrder } from "./state.ts";

export interface OrderRequest {
  readonly config: Config;
  readonly environment: string;
  readonly key: string;
  readonly commit: string;
  readonly source: Source;
  readonly survey: Survey;
  /** Gantry's folder for tools and download caches. */
  readonly home: string;
}

/** How a version is built and run: config and source → orders, pure. */
export interface Orders {
  readonly build: BuildOrder;
  readonly run: RunOrder;
}

/** As a container, from the repository's Dockerfile. */
export function containerOrders(request: OrderRequest): Orders | undefined {
  const { config, environment, key, commit } = request;
  if (!config.image) return undefined;
  const tag = `gantry-local-${environment}:${key}`.toLowerCase().replaceAll(/[^a-z0-9_.:-]/g, "-");
  return {
    build: { kind: "container", step: imageBuildStep(config.image), image: tag, commit },
    run: {
      kind: "container",
      image: tag,
      port: config.image.port,
      env: variablesOf(request),
      health: healthOf(request),
    },
  };
}

/** As a process, by the `start` of a component. */
export function processOrders(request: OrderRequest): Orders | undefined {
  const { config, survey, source, home } = request;
  const context: PlanContext = { config, survey, trigger: trigger(request), ...branches(request) };
  const start = startedComponent(context);
  if (!start) return undefined;
  const variables = variablesOf(request);
  const steps = releaseSteps(context);
  const whole = makePlan({ config, survey, trigger: context.trigger, source: source.hash });
  return {
    build: {
      kind: "process",
      plan: { ...whole, stages: [] },
      // What is built in may depend on where it is deployed to.
      steps: steps.map((step) => ({ ...step, env: { ...step.env, ...variables } })),
      files: source.files.map((file) => ({ ...file })),
      toolchain: start.name,
      path: rulesOf(start).path.map((folder) => within(start, folder)),
      home,
    },
    run: {
      kind: "process",
      argv: [...start.start],
      directory: start.path,
      caches: `${home}/cache`,
      env: { ...start.env, ...variables },
      health: healthOf(request),
    },
  };
}

/** A deploy is asked for by hand, as far as what is installed and built can depend on it. */
function trigger({ commit }: OrderRequest): Trigger {
  return { event: "manual", branch: "", commit, eventName: "workflow_dispatch", fork: false };
}

function branches(request: OrderRequest): Pick<PlanContext, "branches"> {
  return { branches: branchesOf(request.config, trigger(request)) };
}

function variablesOf({ config, environment }: OrderRequest): Record<string, string> {
  return { ...config.image?.env, ...config.written.environments?.[environment]?.variables };
}

function healthOf({ config, environment }: OrderRequest): RunOrder["health"] {
  const found = config.environments.find(({ name }) => name === environment);
  const starting = found?.settings.healthcheckTimeout ?? config.image?.startupSeconds ?? 60;
  return {
    ...(config.image?.health && { path: config.image.health }),
    // As long as a provider asks by itself; what the whole deploy may take is the procedure's.
    withinSeconds: Math.min(starting, found?.waitSeconds ?? starting),
  };
}
