import type { Component } from "../config/config.ts";
import type { ExecStep, Step } from "../plan/step.ts";
import type { PlanContext } from "./context.ts";

/**
 * The same steps, those of components that name their inputs in a workspace with nothing else in
 * it: so no other change can make them end in another way. History would show all; what sees it
 * sees the whole source too.
 */
export function narrowed(steps: readonly Step[], { config }: PlanContext): Step[] {
  const narrow = new Map(
    config.components.filter(({ name }) => !seesHistory(name, steps)).map((it) => [it.name, it]),
  );
  return steps.map((step) => {
    const component = narrow.get(step.component ?? "");
    return step.kind === "exec" && component?.inputs ? narrowStep(step, component) : step;
  });
}

function seesHistory(component: string, steps: readonly Step[]): boolean {
  return steps.some(
    (step) => step.kind === "exec" && step.component === component && step.inputs.history,
  );
}

function narrowStep(step: ExecStep, { name, inputs = [] }: Component): ExecStep {
  const workspace = `${name}.${step.workspace}`;
  if (step.inputs.include) return { ...step, workspace };
  return { ...step, workspace, inputs: { ...step.inputs, only: [...inputs] } };
}
