import type { Component } from "../config/config.ts";
import type { ExecStep } from "../plan/step.ts";
import { commandStep } from "./command-step.ts";

/** Builds a component in a workspace, one command after the other. */
export function buildSteps(
  component: Component,
  installed: string | undefined,
  workspace: string,
): ExecStep[] {
  const steps: ExecStep[] = [];
  for (const [index, argv] of (component.build ?? []).entries()) {
    const id = `${component.name}/${index === 0 ? "build" : `build-${index + 1}`}`;
    const what = { id, title: `${component.name}: build`, argv };
    steps.push(commandStep(component, what, steps.at(-1)?.id ?? installed, workspace));
  }
  return steps;
}
