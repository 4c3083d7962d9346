import type { ExecStep } from "../plan/step.ts";
import { auditSteps } from "./audit/audit-steps.ts";
import { onMainlineOrSchedule } from "./conditions.ts";
import { no, type PlanContext, type StageDefinition } from "./context.ts";

/** Whether what the repository depends on has known vulnerabilities; only where gantry.yaml asks. */
export const security: StageDefinition = {
  id: "security",
  kind: "check",
  needs: [],
  blocking: () => true,
  decide: (context) => {
    const { security: written } = context.config.written;
    if (!written) return no("not asked for: `security: {}` in gantry.yaml asks for it");
    if (written.audit === false) return no("`security` asks for nothing: its `audit` is false");
    return stepsOf(context).length > 0
      ? onMainlineOrSchedule(context)
      : no("no component depends on packages that could be asked about");
  },
  steps: stepsOf,
};

function stepsOf(context: PlanContext): ExecStep[] {
  return context.config.components.flatMap((component) => auditSteps(component, context));
}
