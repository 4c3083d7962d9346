import type { Run } from "../execute/run.ts";

/** The few facts of a run that a stage's job needs, small enough for a job's output. */
export type GateRun = Pick<Run, "stages"> & { readonly plan: Pick<Run["plan"], "stages"> };

/** Whether a stage's check on GitHub is green, and what it says. */
export interface Gate {
  readonly green: boolean;
  readonly message: string;
}

/**
 * A required check must not turn green by not running: GitHub counts a skipped job as a success.
 * So a stage is green only if it passed, or if the plan itself left it out and says why.
 */
export function stageGate(run: GateRun | undefined, stage: string): Gate {
  if (!run) return { green: false, message: `${stage}: no run left a report, so nothing is known` };
  const planned = run.plan.stages.find(({ id }) => id === stage);
  const ran = run.stages.find(({ id }) => id === stage);
  if (!planned || !ran)
    return { green: false, message: `${stage}: the run does not know this stage` };
  if (ran.outcome === "passed") {
    const lack = ran.notChecked.length > 0 ? `; not checked: ${ran.notChecked.join(", ")}` : "";
    return { green: true, message: `${stage}: passed${lack}` };
  }
  const byPlan = !planned.run || (ran.outcome === "skipped" && !ran.blocking);
  return ran.outcome === "skipped" && byPlan
    ? { green: true, message: `${stage}: skipped by plan: ${ran.reason}` }
    : { green: false, message: `${stage}: ${ran.outcome} (${ran.reason})` };
}
