import type { Config } from "../config/config.ts";
import type { Survey } from "../config/survey.ts";
import { browserToolchains } from "../stages/browsers.ts";
import type { PlanContext, StageDefinition } from "../stages/context.ts";
import { uploadToolchain } from "../stages/coverage-upload.ts";
import { prChecksToolchain } from "../stages/pr-checks.ts";
import { stages } from "../stages/stages.ts";
import { rulesOf } from "../stages/toolchains/toolchain.ts";
import { branchesOf } from "./branches.ts";
import { type Plan, planVersion, type Stage, type StageId, type Trigger } from "./plan.ts";
import { gantryVersion } from "./version.ts";

export interface PlanRequest {
  readonly config: Config;
  readonly survey: Survey;
  readonly trigger: Trigger;
  /** The hash of the source. */
  readonly source: string;
  readonly only?: readonly StageId[];
  readonly skip?: readonly StageId[];
  /** Whether everything is to be run, whatever earlier runs have earned. */
  readonly fresh?: boolean;
}

/** Config + Trigger → Plan. Pure: nothing is looked up, nothing happens. */
export function makePlan(request: PlanRequest): Plan {
  const { config, trigger } = request;
  const context = planContext(request);
  const selection = selectionOf(request);
  const planned = stages.map((definition) => planStage(definition, context, selection));
  return {
    version: planVersion,
    gantry: gantryVersion,
    name: config.name,
    source: request.source,
    origin: config.origin,
    trigger,
    toolchains: {
      ...toolchainsOf(context),
      ...browserToolchains(planned, context),
      ...prChecksToolchain(planned, config.images),
    },
    services: servicesOf(config),
    stages: planned,
    ...(request.only && { asked: [...request.only] }),
    ...(request.fresh && { fresh: true }),
    inferred: config.inferred.map((inference) => ({ ...inference })),
    warnings: [...config.warnings, ...warningsOf(config)],
    ...(Object.keys(config.images).length > 0 && { images: { ...config.images } }),
    ...(config.certificates && { certificates: config.certificates }),
  };
}

/** What stages look at when they plan themselves. */
export function planContext({
  config,
  survey,
  trigger,
}: Pick<PlanRequest, "config" | "survey" | "trigger">): PlanContext {
  return { config, survey, trigger, branches: branchesOf(config, trigger) };
}

interface Selection {
  readonly only: ReadonlySet<StageId> | undefined;
  readonly skip: ReadonlySet<StageId>;
}

/** `--only` brings what the named stages need; `--skip` wins over it. */
function selectionOf({ only, skip }: PlanRequest): Selection {
  const wanted = only && only.length > 0 ? new Set<StageId>() : undefined;
  const add = (id: StageId): void => {
    wanted?.add(id);
    for (const need of stages.find((stage) => stage.id === id)?.needs ?? []) add(need);
  };
  for (const id of only ?? []) add(id);
  return { only: wanted, skip: new Set(skip) };
}

function planStage(definition: StageDefinition, context: PlanContext, selection: Selection): Stage {
  const decision = chosen(definition, context, selection);
  const coverage = definition.coverage?.(context);
  return {
    id: definition.id,
    kind: definition.kind,
    run: decision.run,
    reason: decision.reason,
    needs: [...definition.needs],
    blocking: definition.blocking(context),
    steps: decision.run ? definition.steps(context) : [],
    ...(coverage && { coverage }),
  };
}

function chosen(
  { id, decide }: StageDefinition,
  context: PlanContext,
  { only, skip }: Selection,
): { run: boolean; reason: string } {
  if (skip.has(id)) return { run: false, reason: "left out with --skip" };
  if (only && !only.has(id)) return { run: false, reason: "not among the stages asked for" };
  const decision = decide(context);
  if (decision.run && !only && !mayRun(id, context)) return { run: false, reason: "hotfix" };
  if (decision.run || !only) return decision;
  // A person who names a stage wants it, whatever the event; what cannot run still says why.
  const byHand = decide({ ...context, trigger: { ...context.trigger, event: "manual" } });
  return byHand.run ? { run: true, reason: "asked for by name" } : decision;
}

/** What protection asks of a pull request to the main branch; the rest can wait for a hotfix. */
const required: ReadonlySet<StageId> = new Set([
  "pr-checks",
  "code-quality",
  "unit-tests",
  "smoke-tests",
]);

/** A pull request from `hotfix/…` to main runs only what it cannot be merged without. */
function mayRun(id: StageId, { trigger, branches }: PlanContext): boolean {
  const { event, branch, base } = trigger;
  const hotfix = event === "pull-request" && base === branches.main && branch.startsWith("hotfix/");
  return !hotfix || required.has(id);
}

function toolchainsOf(context: PlanContext): Plan["toolchains"] {
  const { config } = context;
  const own = config.components.map((component) => [
    component.name,
    rulesOf(component).describe(component, context),
  ]);
  return { ...Object.fromEntries(own), ...(config.codecov && uploadToolchain(config.images)) };
}

function servicesOf(config: Config): Plan["services"] {
  return Object.fromEntries(
    config.services.map(({ name, image, port, env, provides, readySeconds }) => [
      name,
      { image, port, env: { ...env }, provides: { ...provides }, readySeconds },
    ]),
  );
}

function warningsOf(config: Config): string[] {
  if (config.components.length === 0) {
    return ["nothing in this repository shows how it is built; describe it in a gantry.yaml"];
  }
  return config.components
    .filter(({ tests }) => Object.keys(tests).length === 0)
    .map(({ name }) => `no tests were found for \`${name}\`: nothing proves that it works`);
}
