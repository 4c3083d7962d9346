import type { ProcedureEnd } from "../execute/procedure-end.ts";
import type { Trigger } from "../plan/plan.ts";

/** What a procedure is handed, on a host and in a container alike. */
export interface ProcedureContext {
  readonly trigger: Trigger;
  /** The step's settings, as the plan has them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A folder of a git checkout, or one that holds only `.git`. */
  readonly directory: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** A tool that the step names; on a host it is looked for when it is wanted. */
  readonly tool: (name: string) => Promise<FoundTool>;
  readonly output: (text: string) => Promise<void>;
  readonly signal: AbortSignal;
  /** The day, as `2027-01-31`. */
  readonly today: string;
}

export type FoundTool =
  | { readonly ok: true; readonly program: string }
  | { readonly ok: false; readonly reason: string; readonly mend: string };

/** One of Gantry's own steps. It rejects only on a bug; every failure of the world is its end. */
export type Procedure = (context: ProcedureContext) => Promise<ProcedureEnd>;

/** Every procedure by the name that the plan uses; loaded when it is wanted. */
export const procedures: Readonly<Record<string, () => Promise<Procedure>>> = {
  "pr-checks": async () => (await import("./pr-checks.ts")).prChecks,
  "secret-scan": async () => (await import("./secret-scan.ts")).secretScan,
};

export async function runProcedure(name: string, context: ProcedureContext): Promise<ProcedureEnd> {
  const load = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
  if (!load) throw new Error(`no procedure ${name}`);
  return (await load())(context);
}
