import type { Step } from "../../plan/step.ts";
import type { StepResult } from "../executor.ts";
import type { ReadReports } from "../reports.ts";
import type { StepRun } from "../run.ts";
import { type AuditEnd, lackingAudit, weighAudit } from "./audit.ts";

export interface AuditedStep {
  readonly step: Step;
  readonly result: StepResult;
  readonly reports: ReadReports;
  /** When the run began: exceptions are weighed on that day. */
  readonly startedAt: string;
}

/** What an audit's step came to; nothing for other steps, and for one that was ended from outside. */
export function auditOf({ step, result, reports, startedAt }: AuditedStep): AuditEnd | undefined {
  if (step.kind !== "exec" || !step.audit || result.kind !== "exited") return undefined;
  const { exit, ended } = result;
  if (ended === "cancelled" || ended === "memory") return undefined;
  const evidence = { ...reports, exit, late: ended === "timeout", today: startedAt.slice(0, 10) };
  return weighAudit({ ...step, audit: step.audit }, evidence);
}

/** What an audit comes to that is not run, since nobody can be asked; nothing where it is. */
export function unrunAudit(
  step: Step,
): Pick<StepRun, "outcome" | "findings" | "explanation" | "notChecked"> | undefined {
  const end = step.kind === "exec" && step.audit ? lackingAudit(step.audit) : undefined;
  if (!end) return undefined;
  const { outcome, explanation, notChecked } = end;
  return {
    outcome,
    findings: [],
    ...(explanation && { explanation }),
    ...(notChecked.length > 0 && { notChecked: [...notChecked] }),
  };
}
