import { z } from "zod";
import type { StepResult } from "./executor.ts";
import { finding } from "./run.ts";

/**
 * How one of Gantry's own procedures ended: a value that crosses from a container to the core as
 * JSON, and is the same on a host.
 */
export const procedureEnd = z.strictObject({
  outcome: z.enum(["passed", "failed", "not-checked", "error"]),
  message: z.string().optional().describe("What happened, where it did not pass."),
  mend: z.string().optional(),
  findings: z.array(finding),
  notChecked: z.array(z.string()).describe("What a passed one could not check all the same."),
  measures: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});

export type ProcedureEnd = z.infer<typeof procedureEnd>;

/** What a procedure's end is to the core. */
export function stepResultOf(end: ProcedureEnd): StepResult {
  const { outcome, message, mend, findings, notChecked, measures } = end;
  const why = mend === undefined ? {} : { mend };
  switch (outcome) {
    case "error":
      return {
        kind: "world-failed",
        reason: message ?? "it could not do its work",
        ...why,
        findings,
      };
    case "not-checked":
      return {
        kind: "not-checked",
        reason: message ?? "it could not be checked",
        ...why,
        findings,
      };
    default:
      return {
        kind: "exited",
        exit: outcome === "passed" ? 0 : 1,
        reports: [],
        ...(message !== undefined && { message }),
        ...why,
        findings,
        notChecked,
        ...(measures && { measures }),
      };
  }
}

/** Reads what a procedure left in its container; undefined where it left nothing that counts. */
export function readProcedureEnd(text: string): ProcedureEnd | undefined {
  try {
    return procedureEnd.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
