import { runFlags, sourceFlags, type WorkflowFacts } from "./facts.ts";
import type { Step } from "./workflow.ts";

export interface ReportOptions {
  /** The step whose outputs later jobs read. */
  readonly id?: string;
  readonly when?: string;
}

/** The run's folder, whatever its verdict, and what later jobs need to know of it. */
export function reportSteps(
  facts: WorkflowFacts,
  { id, when = "always()" }: ReportOptions = {},
): Step[] {
  return [
    {
      kind: "dagger",
      call: "report",
      when,
      flags: [...sourceFlags(facts), ...runFlags],
      next: { call: "export", flags: [{ name: "path", word: "gantry-report" }] },
    },
    { kind: "stage", ...(id && { id }), when, inputs: { report: "gantry-report" } },
  ];
}
