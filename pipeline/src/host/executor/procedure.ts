import type { StepContext, StepResult } from "../../execute/executor.ts";
import { stepResultOf } from "../../execute/procedure-end.ts";
import type { ProcedureStep } from "../../plan/step.ts";
import { runProcedure } from "../../procedures/procedure.ts";
import { findBetterleaks } from "../tools/betterleaks.ts";
import type { Host } from "./host.ts";

/** Runs one of Gantry's own procedures in this very process. */
export async function runHostProcedure(
  host: Host,
  step: ProcedureStep,
  context: StepContext,
): Promise<StepResult> {
  const { plan, signal, secrets, output, note } = context;
  const end = await runProcedure(step.procedure, {
    trigger: plan.trigger,
    settings: step.settings,
    directory: host.source.root,
    secrets,
    output,
    signal,
    today: new Date().toISOString().slice(0, 10),
    tool: (name) => {
      if (!Object.hasOwn(step.tools, name)) throw new Error(`the step names no tool ${name}`);
      host.versions.set(name, step.tools[name] as string);
      return findBetterleaks({ folder: host.tools, machine: host.machine, shed: host.shed, note });
    },
  });
  if (signal.aborted) {
    const ended = signal.reason === "timeout" ? "timeout" : "cancelled";
    return { kind: "exited", exit: 1, ended, reports: [] };
  }
  return stepResultOf(end);
}
