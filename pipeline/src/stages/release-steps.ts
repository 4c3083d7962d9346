import type { Component } from "../config/config.ts";
import type { ExecStep } from "../plan/step.ts";
import { buildSteps } from "./build-steps.ts";
import type { PlanContext } from "./context.ts";
import { installSteps } from "./toolchains/toolchain.ts";

/** The component whose command starts the application as a process. */
export function startedComponent(
  context: Pick<PlanContext, "config">,
): (Component & { readonly start: NonNullable<Component["start"]> }) | undefined {
  const found = context.config.components.find((component) => component.start);
  return found?.start && { ...found, start: found.start };
}

/** What a process needs that an image would bring: installed components, built front ends. */
export function releaseSteps(context: PlanContext): ExecStep[] {
  const start = startedComponent(context)?.name;
  return context.config.components
    .filter((component) => component.name === start || component.build)
    .flatMap((component) => installedAndBuilt(component, context));
}

function installedAndBuilt(component: Component, context: PlanContext): ExecStep[] {
  const install = installSteps(component, context, "main");
  return [...install, ...buildSteps(component, install.at(-1)?.id, "main")];
}
