import type { Plan, Stage } from "./plan.ts";
import type { Step } from "./step.ts";

/** What a plan's form cannot say: names that must exist, and an order in which all of it can run. */
export function planObjections(plan: Plan): string[] {
  return [
    ...repeated(plan.stages).map((id) => `stages: \`${id}\` stands twice`),
    ...plan.stages.flatMap((stage, index) => [
      ...stageObjections(stage, plan.stages.slice(0, index)),
      ...stage.steps.flatMap((step) =>
        stepObjections(step, stage, plan).map((why) => `${stage.id}: \`${step.id}\` ${why}`),
      ),
    ]),
  ];
}

function stageObjections(stage: Stage, before: readonly Stage[]): string[] {
  const unknown = stage.needs.filter((need) => !before.some(({ id }) => id === need));
  const circle = circleIn(stage.steps);
  return [
    ...unknown.map((need) => `${stage.id} needs ${need}, which does not stand before it`),
    ...repeated(stage.steps).map((id) => `${stage.id}: the step \`${id}\` stands twice`),
    ...(circle ? [`${stage.id}: \`${circle}\` needs itself, through others`] : []),
  ];
}

function stepObjections(step: Step, stage: Stage, plan: Plan): string[] {
  const ids = new Set(stage.steps.map(({ id }) => id));
  const exec = step.kind === "exec" ? step : undefined;
  const process = step.kind === "serve" ? step.process : undefined;
  const steps = [...step.needs, exec?.after, process?.after, ...(exec?.reads ?? [])];
  const toolchains = [exec?.toolchain, process?.toolchain].filter((name) => name !== undefined);
  return [
    ...steps
      .filter((id) => id !== undefined && !ids.has(id))
      .map((id) => `needs \`${id}\`, which is not in its stage`),
    ...toolchains
      .filter((name) => !Object.hasOwn(plan.toolchains, name))
      .map((name) => `names the toolchain \`${name}\`, which the plan does not have`),
    ...(exec?.services ?? [])
      .filter((name) => !Object.hasOwn(plan.services, name))
      .map((name) => `names the service \`${name}\`, which the plan does not have`),
    ...[askedBy(step)]
      .filter((name) => name !== undefined && !isServed(name, stage))
      .map((name) => `asks \`${name}\`, which nothing in its stage serves`),
    ...pathsOf(step)
      .filter(leavesTheSource)
      .map((path) => `names the path \`${path}\`, which leaves the source`),
  ];
}

function askedBy(step: Step): string | undefined {
  return step.kind === "probe" ? step.target : step.kind === "exec" ? step.asks : undefined;
}

function isServed(name: string, { steps }: Stage): boolean {
  return steps.some((step) => step.kind === "serve" && step.serves === name);
}

/** Every path that a step may read or write, as far as the plan names it. */
function pathsOf(step: Step): string[] {
  if (step.kind === "build-image") return [step.id, step.dockerfile, step.context];
  if (step.kind === "serve") return [step.id, ...(step.process ? [step.process.directory] : [])];
  if (step.kind !== "exec") return [step.id];
  const { directory, workspace, inputs, prepares, leaves } = step;
  return [
    step.id,
    directory,
    workspace,
    ...(inputs.include ?? []),
    ...(prepares?.trees ?? []),
    ...leaves.flatMap(({ path, artifact }) => [path, artifact]),
  ];
}

function leavesTheSource(path: string): boolean {
  return path.startsWith("/") || path.split(/[/\\]/).includes("..");
}

function repeated(list: readonly { readonly id: string }[]): string[] {
  const ids = list.map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) < index);
}

/** A step that, by way of what it needs, needs itself. */
function circleIn(steps: readonly Step[]): string | undefined {
  const needs = new Map(steps.map((step) => [step.id, step.needs]));
  const settled = new Set<string>();
  for (;;) {
    const ready = [...needs].filter(
      ([id, list]) =>
        !settled.has(id) && list.every((need) => settled.has(need) || !needs.has(need)),
    );
    if (ready.length === 0) return [...needs.keys()].find((id) => !settled.has(id));
    for (const [id] of ready) settled.add(id);
  }
}
