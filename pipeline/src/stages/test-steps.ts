import type { Command, Component, Suite } from "../config/config.ts";
import { folderOf } from "../config/survey.ts";
import type { SuiteKind } from "../config/written.ts";
import type { StageId } from "../plan/plan.ts";
import type { ExecStep, Step } from "../plan/step.ts";
import { buildSteps } from "./build-steps.ts";
import type { PlanContext } from "./context.ts";
import { parseEnvFile } from "./env-file.ts";
import { installSteps, rulesOf } from "./toolchains/toolchain.ts";
import { type AdaptedTest, adaptTest } from "./tools/adapt.ts";

/** The components that have a suite of some kind. */
export function componentsWith(context: PlanContext, kind: SuiteKind): Component[] {
  return context.config.components.filter((component) => component.tests[kind]);
}

/** Installs each component and runs its suite of one kind. */
export function testSteps(context: PlanContext, kind: SuiteKind, stage: StageId): Step[] {
  return componentsWith(context, kind).flatMap((component) => {
    const suite = component.tests[kind] as Suite;
    const install = installSteps(component, context, "main");
    if (component.buildFirst) install.push(...buildSteps(component, install.at(-1)?.id, "main"));
    const commands = commandsFor(context, suite);
    const steps = [...install];
    for (const [index, argv] of commands.entries()) {
      const before = steps.at(-1)?.id;
      steps.push(testStep({ context, component, suite, kind, stage, argv, index, before }));
    }
    return steps;
  });
}

/** Whether a step runs a suite of a kind, and does not only prepare it. */
export function runsSuite(step: Step, kind: SuiteKind): step is ExecStep {
  return step.kind === "exec" && step.title === `${step.component}: ${kind} tests`;
}

/** Before a deploy tests run in sequence for accuracy, else in parallel for speed. */
function commandsFor(context: PlanContext, suite: Suite): readonly Command[] {
  const { trigger, config } = context;
  const deploys =
    trigger.event === "push" &&
    config.environments.some((environment) => environment.branch === trigger.branch);
  return (deploys && suite.beforeDeploy) || suite.run;
}

interface TestStep {
  readonly context: PlanContext;
  readonly component: Component;
  readonly suite: Suite;
  readonly kind: SuiteKind;
  readonly stage: StageId;
  readonly argv: Command;
  readonly index: number;
  /** The step whose file system it goes on from. */
  readonly before: string | undefined;
}

function testStep(request: TestStep): ExecStep {
  const { context, component, suite, kind, stage, argv, index, before } = request;
  const rules = rulesOf(component);
  const id = `${component.name}/${index === 0 ? kind : `${kind}-${index + 1}`}`;
  const own = rules.adapt(argv, component, context);
  const adapted = adaptTest({ argv: own, suite, component, context, artifact: `${stage}/${id}` });
  const environment = testEnvironment(context, component, suite);
  return {
    kind: "exec",
    id,
    title: `${component.name}: ${kind} tests`,
    component: component.name,
    needs: before ? [before] : [],
    ...(before && { after: before }),
    blocking: suite.blocking,
    timeoutSeconds: suite.timeoutSeconds,
    toolchain: component.name,
    workspace: "main",
    directory: component.path,
    argv: [...adapted.argv],
    env: { ...environment.values, ...adapted.env },
    secrets: environment.secrets,
    optionalSecrets: environment.optional,
    path: [...rules.path],
    inputs: { history: suite.history },
    reads: [],
    services: servicesFor(context, kind),
    caches: [],
    leaves: [...adapted.leaves],
    tests: adapted.tests,
    ...gateOf(suite),
    ...retryOf(suite, adapted),
  };
}

function gateOf({ coverage }: Suite): Pick<ExecStep, "coverage"> {
  if (!coverage) return {};
  return { coverage: coverage.minimum === undefined ? {} : { minimum: coverage.minimum } };
}

function retryOf(suite: Suite, adapted: AdaptedTest): Pick<ExecStep, "retry"> {
  if (suite.retries === 0 || !adapted.tests) return {};
  const { again } = adapted;
  return {
    retry: { times: suite.retries, ...(again && { argv: [...again] }), flaky: suite.flaky },
  };
}

/**
 * The suite's variables. What its env file only names (`KEY=${KEY}`) is taken if it is there, and
 * so are the secrets that the config calls optional.
 */
function testEnvironment(
  context: PlanContext,
  component: Component,
  suite: Suite,
): { values: Record<string, string>; secrets: string[]; optional: string[] } {
  const folder = folderOf(context.survey, component.path);
  const text = component.envFile ? folder.text(component.envFile) : undefined;
  const file = parseEnvFile(text ?? "");
  const known = context.config.secrets;
  const secrets = suite.secrets.filter((name) => !known[name]?.optional);
  const named = [...suite.secrets, ...file.references.filter((name) => Object.hasOwn(known, name))];
  return {
    values: { ...component.env, ...file.values, ...suite.env },
    secrets,
    optional: [...new Set(named)].filter((name) => !secrets.includes(name)),
  };
}

function servicesFor(context: PlanContext, kind: SuiteKind): string[] {
  return context.config.services
    .filter((service) => service.for.includes(kind))
    .map((service) => service.name);
}
