import { runFlags, sourceFlags, type WorkflowFacts } from "./facts.ts";
import type { Step } from "./workflow.ts";

/** The run's folder, whatever its verdict, and what later jobs need to know of it. */
export function reportSteps(facts: WorkflowFacts): Step[] {
  return [
    {
      kind: "dagger",
      call: "report",
      always: true,
      flags: [...sourceFlags(facts), ...runFlags],
      next: { call: "export", flags: [{ name: "path", word: "gantry-report" }] },
    },
    { kind: "stage", id: "publish", always: true, inputs: { report: "gantry-report" } },
  ];
}
