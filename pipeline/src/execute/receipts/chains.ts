import type { Stage } from "../../plan/plan.ts";
import type { ExecStep, Step } from "../../plan/step.ts";
import { secretNames } from "../scope.ts";

/** A step that can earn a receipt, and the steps of its stage that its result depends on. */
export interface Chain {
  readonly step: ExecStep;
  readonly before: readonly ExecStep[];
}

/**
 * The steps of a stage whose results depend on nothing but what goes in: commands without a secret,
 * a service, a started application, a download or a database that changes by itself, and after none
 * that has one.
 * @param has whether a secret is there
 */
export function receiptChains(stage: Stage, has: (secret: string) => boolean): readonly Chain[] {
  if (stage.kind !== "check") return [];
  const byId = new Map(stage.steps.map((step) => [step.id, step]));
  const able = (step: Step | undefined): step is ExecStep =>
    step?.kind === "exec" && dependsOnInputsAlone(step, has);
  return stage.steps.flatMap((step) => {
    const before = [...namesBefore(step, byId)].map((id) => byId.get(id));
    return able(step) && before.every(able) ? [{ step, before }] : [];
  });
}

function dependsOnInputsAlone(step: ExecStep, has: (secret: string) => boolean): boolean {
  return (
    step.secrets.length === 0 &&
    !secretNames(step).some(has) &&
    step.services.length === 0 &&
    step.asks === undefined &&
    step.fetches === undefined &&
    step.audit === undefined
  );
}

/** Every step that must have ended before this one, whether for its files, its reports or its word. */
function namesBefore(step: Step, byId: ReadonlyMap<string, Step>): Set<string> {
  const found = new Set<string>();
  const add = (id: string): void => {
    const next = byId.get(id);
    if (found.has(id)) return;
    found.add(id);
    if (next) for (const name of directlyBefore(next)) add(name);
  };
  for (const name of directlyBefore(step)) add(name);
  return found;
}

function directlyBefore(step: Step): string[] {
  const reads = step.kind === "exec" ? step.reads : [];
  return [...step.needs, ...reads, ...goesOnFrom(step)];
}

/**
 * The steps that have to run where the results of some stand: those without one, and those whose
 * files another that runs goes on from.
 */
export function stepsToRun(
  steps: readonly Step[],
  stands: (id: string) => boolean,
): ReadonlySet<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const run = new Set<string>();
  const add = (step: Step): void => {
    if (run.has(step.id)) return;
    run.add(step.id);
    for (const id of goesOnFrom(step)) {
      const before = byId.get(id);
      if (before) add(before);
    }
  };
  for (const step of steps) if (!stands(step.id)) add(step);
  return run;
}

/**
 * The steps whose files a step may use. What it only reads the reports of stands in the run's folder;
 * of what it needs besides, a host leaves the files in the same workspace.
 */
function goesOnFrom(step: Step): string[] {
  if (step.kind === "serve") return step.process ? [...step.needs, step.process.after] : [];
  if (step.kind !== "exec") return [];
  const needed = step.needs.filter((id) => !step.reads.includes(id));
  return [...needed, ...(step.after ? [step.after] : [])];
}
