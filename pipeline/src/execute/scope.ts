import type { Step } from "../plan/step.ts";
import type { RunEvent } from "./events.ts";
import type { ExecuteRequest } from "./execute.ts";
import type { Redactor } from "./redact/redact.ts";
import type { Slots } from "./slots.ts";

/** What all stages of one run share. */
export interface Scope {
  readonly request: ExecuteRequest;
  readonly secrets: ReadonlyMap<string, string>;
  readonly redactor: Redactor;
  readonly slots: Slots;
  /** Seconds since the run began. */
  readonly elapsed: () => number;
  readonly emit: (event: RunEvent) => void;
  readonly warnings: string[];
}

/** The secrets that a step may get: those that it needs, and those that it takes if they are there. */
export function secretNames(step: Step): string[] {
  if (step.kind === "exec") return [...step.secrets, ...step.optionalSecrets];
  return step.kind === "procedure" ? step.secrets : [];
}

export function createScope(parts: Omit<Scope, "emit" | "warnings">): Scope {
  return { ...parts, warnings: [], emit: parts.request.listener };
}
