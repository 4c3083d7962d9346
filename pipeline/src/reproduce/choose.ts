import type { Run } from "../execute/run.ts";
import type { Plan, Stage, StageId } from "../plan/plan.ts";

/** The checks of a run that did not end green; what never began for want of another is left to it. */
export function redStages({ plan, stages }: Run): StageId[] {
  return stages
    .filter(({ outcome }) => outcome !== "passed" && outcome !== "skipped")
    .map(({ id }) => id)
    .filter((id) => plan.stages.some((stage) => stage.id === id && isRunnable(stage)));
}

/** Those of the stages that the run's plan did not run, so that nothing can be compared. */
export function notPlanned({ plan }: Run, stages: readonly StageId[]): StageId[] {
  return stages.filter((id) => !plan.stages.some((stage) => stage.id === id && isRunnable(stage)));
}

/** The same plan with these stages and what they need alone; what it left out stays left out. */
export function narrowed(plan: Plan, stages: readonly StageId[]): Plan {
  const wanted = withNeeds(plan, stages);
  return {
    ...plan,
    asked: [...stages],
    // What passed on this machine before is no answer to what was red elsewhere.
    fresh: true,
    stages: plan.stages.map((stage) => {
      if (!stage.run || wanted.has(stage.id)) return stage;
      return { ...stage, run: false, reason: "not among the stages to reproduce", steps: [] };
    }),
  };
}

function withNeeds(plan: Plan, stages: readonly StageId[]): ReadonlySet<StageId> {
  const wanted = new Set<StageId>();
  const add = (id: StageId): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const need of plan.stages.find((stage) => stage.id === id)?.needs ?? []) add(need);
  };
  for (const id of stages) add(id);
  return wanted;
}

/** Acts take their own word: they are never done again to see how they fail. */
function isRunnable(stage: Stage): boolean {
  return stage.run && stage.kind === "check";
}
