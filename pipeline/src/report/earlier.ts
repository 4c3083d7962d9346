import type { Run, StageRun, StepRun } from "../execute/run.ts";
import { listed, plural } from "./words.ts";

export const earlierStands = "an earlier result with the same inputs stands";

/** What of a stage stands from an earlier run, in a few words; empty where all of it ran. */
export function earlierWords({ steps }: StageRun): string {
  const ran = steps.filter(({ outcome }) => outcome !== "skipped");
  const stand = ran.filter(standsByReceipt);
  if (stand.length > 0 && stand.length === ran.length) return "not run again";
  if (stand.length > 0) return `${stand.length} of ${plural(ran.length, "step")} not run again`;
  return ran.length > 0 && ran.every((step) => step.reused) ? earlierStands : "";
}

export const notRunTitle = "Not run again: the same source, commands, tools and machine";

/** A line for each run that this one leans on, below {@link notRunTitle}. */
export function notRunAgain(run: Run): string[] {
  const stand = run.stages.flatMap((stage) =>
    stage.steps.filter(standsByReceipt).map((step) => ({ stage, step })),
  );
  const byRun = Map.groupBy(stand, ({ step }) => step.receipt?.run ?? "");
  return [...byRun].map(([id, found]) => {
    const byStage = Map.groupBy(found, ({ stage }) => stage);
    const stages = [...byStage].map(([stage, steps]) => {
      const ran = stage.steps.filter(({ outcome }) => outcome !== "skipped");
      return steps.length === ran.length
        ? stage.id
        : `${stage.id} (${steps.length} of ${plural(ran.length, "step")})`;
    });
    const commit = found[0]?.step.receipt?.commit.slice(0, 7);
    return `${listed(stages)}: passed in the run ${id} (${commit})`;
  });
}

function standsByReceipt(step: StepRun): boolean {
  return step.receipt !== undefined;
}
