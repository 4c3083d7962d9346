import type { Plan, PlannedService } from "../plan/plan.ts";
import type { Report, Step } from "../plan/step.ts";
import type { Finding } from "./run.ts";

/**
 * The one port between a plan and the world. An executor runs single steps; what waits for what,
 * retries, limits, redaction and outcomes belong to the core and exist once.
 */
export interface Executor {
  readonly kind: "host" | "dagger";
  /** How many steps may run at the same time. */
  readonly slots: number;
  /** What it cannot do here, by capability, with the reason in a person's words. */
  readonly lacks: Readonly<Partial<Record<Capability, string>>>;
  /** Runs one step to its end. Rejects only on a bug; every failure of the world is a value. */
  readonly run: (step: Step, context: StepContext) => Promise<StepResult>;
  /** Starts a service for one stage. */
  readonly startService: (
    name: string,
    service: PlannedService,
    context: StageContext,
  ) => Promise<ServiceResult>;
  /** Ends whatever a stage has started: services, served applications. Never rejects. */
  readonly endStage: (stage: string) => Promise<void>;
  /** The versions of the tools that were used. */
  readonly tools: () => Readonly<Record<string, string>>;
}

export type Capability = "images" | "services";

export interface StageContext {
  readonly stage: string;
  readonly plan: Plan;
  readonly signal: AbortSignal;
  /** Says something about the step that is not its own output. */
  readonly note: (text: string) => void;
}

export interface StepContext extends StageContext {
  /** 1 for the first try; above it, the step's retry command is run. */
  readonly attempt: number;
  /** Values of the secrets the step names; missing ones are absent. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Variables that started services provide. */
  readonly serviceEnv: Readonly<Record<string, string>>;
  /** Takes output as it comes, unmasked; to be awaited, so that memory stays bounded. */
  readonly output: (chunk: string) => Promise<void>;
}

/** What became of a step, before the core judges it. */
export type StepResult =
  | {
      readonly kind: "exited";
      readonly exit: number;
      /** Set where the command was ended from outside. */
      readonly ended?: "timeout" | "cancelled" | "memory";
      readonly reports: readonly CollectedReport[];
      readonly reused?: boolean;
      readonly measures?: Readonly<Record<string, number | string>>;
      /** What a stand-in could not check. */
      readonly notChecked?: readonly string[];
      /** What a procedure found; of other steps it is read from their output. */
      readonly findings?: readonly Finding[];
      /** What was found wrong, where the step has more to say than an exit code. */
      readonly message?: string;
      readonly mend?: string;
    }
  | Unfinished<"not-checked">
  | Unfinished<"world-failed">;

/** A step that came to no verdict, with what it had found by then. */
export interface Unfinished<Kind extends string> {
  readonly kind: Kind;
  readonly reason: string;
  readonly mend?: string;
  readonly findings?: readonly Finding[];
}

/** A report that a step left, as text; absent text: the file was not there or too large. */
export interface CollectedReport {
  readonly report: Report;
  readonly text?: string;
  readonly problem?: string;
}

export type ServiceResult =
  | { readonly kind: "ready"; readonly env: Readonly<Record<string, string>> }
  | { readonly kind: "not-checked"; readonly reason: string; readonly mend?: string }
  | { readonly kind: "world-failed"; readonly reason: string; readonly mend?: string };
