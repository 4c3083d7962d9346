import type { Command, Component } from "../config/config.ts";
import { folderOf } from "../config/survey.ts";
import type { Plan, Stage } from "../plan/plan.ts";
import type { ExecStep, Step } from "../plan/step.ts";
import { commandStep } from "./command-step.ts";
import type { PlanContext } from "./context.ts";
import { runsSuite } from "./test-steps.ts";
import { rulesOf } from "./toolchains/toolchain.ts";
import { nodeCall } from "./tools/node-call.ts";
import { browsersOf, playwrightVersion } from "./tools/playwright-project.ts";

/**
 * Fetches the browsers of each suite of Playwright before it, and has its component's steps run
 * where those browsers can: in a container that is another image than the component's own.
 */
export function withBrowsers(steps: readonly Step[], context: PlanContext): Step[] {
  return context.config.components.reduce<Step[]>(
    (all, component) => equipped(all, component, context),
    [...steps],
  );
}

/** The toolchains that {@link withBrowsers} has named in a plan's stages. */
export function browserToolchains(
  stages: readonly Stage[],
  context: PlanContext,
): Plan["toolchains"] {
  const named = new Set(
    stages.flatMap(({ steps }) => steps.map((s) => "toolchain" in s && s.toolchain)),
  );
  const all = context.config.components.flatMap((component) => {
    const browsers = playwrightVersion(folderOf(context.survey, component.path), context.survey);
    const name = toolchainName(component);
    if (!browsers || !named.has(name)) return [];
    return [[name, { ...rulesOf(component).describe(component, context), browsers }] as const];
  });
  return Object.fromEntries(all);
}

function toolchainName({ name }: Component): string {
  return `${name}.browsers`;
}

function equipped(steps: Step[], component: Component, context: PlanContext): Step[] {
  const argv = component.tests.e2e?.run.find(
    (command) => nodeCall({ argv: command, component, context })?.tool === "playwright",
  );
  if (!argv) return steps;
  const folder = folderOf(context.survey, component.path);
  const fetching =
    browsersOf(folder).length > 0 ? fetchedBefore(steps, component, argv, context) : steps;
  const toolchain = playwrightVersion(folder, context.survey) && toolchainName(component);
  if (!toolchain) return fetching;
  return fetching.map((step) =>
    step.kind === "exec" && step.component === component.name ? { ...step, toolchain } : step,
  );
}

/** The suite goes on from the files of the step that fetches. */
function fetchedBefore(
  steps: readonly Step[],
  component: Component,
  argv: Command,
  context: PlanContext,
): Step[] {
  const suite = steps.find((step) => runsSuite(step, "e2e") && step.component === component.name);
  return steps.flatMap((step) => {
    if (step !== suite || step.kind !== "exec") return [step];
    const before = steps.find(({ id }) => id === step.after);
    const fetch = fetchStep(component, argv, before, context);
    const needs = step.needs.map((id) => (id === step.after ? fetch.id : id));
    return [fetch, { ...step, needs, after: fetch.id }];
  });
}

function fetchStep(
  component: Component,
  argv: Command,
  before: Step | undefined,
  { survey }: PlanContext,
): ExecStep {
  const browsers = browsersOf(folderOf(survey, component.path));
  const command: Command = [...callOf(argv, component), "install", ...browsers];
  const what = {
    id: `${component.name}/browsers`,
    title: `${component.name}: browsers`,
    argv: command,
  };
  return {
    ...commandStep(component, what, before?.id, "main"),
    // It reads nothing that the step before it has not read.
    ...(before?.kind === "exec" && { inputs: before.inputs }),
    early: true,
    // What it removes may be another repository's.
    env: { ...component.env, PLAYWRIGHT_SKIP_BROWSER_GC: "1" },
    fetches: {
      what: "a browser for Playwright",
      mend: "let this machine reach cdn.playwright.dev, name a mirror in PLAYWRIGHT_DOWNLOAD_HOST, or name a browser that is here in playwright.config (`launchOptions.executablePath`)",
    },
  };
}

/** Playwright as the suite's own command calls it. */
function callOf(argv: Command, { toolchain }: Component): Command {
  const [program, ...rest] = argv;
  const at = argv.indexOf("playwright");
  if (at >= 0) return [program, ...rest.slice(0, at)];
  return [toolchain === "yarn" ? "yarn" : "npx", "playwright"];
}
