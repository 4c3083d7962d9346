import { z } from "zod";
import type { Stage, Toolchain } from "../../plan/plan.ts";
import type { ExecStep } from "../../plan/step.ts";
import { earnedBy, stepRun } from "../run.ts";

export const receiptVersion = 1;

/** What is kept of a step that passed, so that it need not run again on the same inputs. */
export const receipt = z.strictObject({
  version: z.literal(receiptVersion),
  earnedBy,
  step: stepRun,
});

export type Receipt = z.infer<typeof receipt>;

/** What the core knows of the inputs; whoever keeps receipts adds the source and the machine. */
export interface ReceiptInputs {
  readonly stage: Stage["id"];
  /** The step, last, and the steps that its result depends on. */
  readonly steps: readonly ExecStep[];
  readonly toolchains: Readonly<Record<string, Toolchain>>;
}

/** What goes into a step, and where it leaves files in a run's folder. */
export interface ReceiptRequest {
  readonly inputs: ReceiptInputs;
  readonly files: readonly string[];
}

export interface Earned extends ReceiptRequest {
  readonly receipt: Receipt;
}

/** Where receipts are kept. Neither way ever rejects: what cannot be kept or read is not there. */
export interface Receipts {
  /** The receipt that these inputs have earned before. */
  readonly find: (request: ReceiptRequest) => Promise<Receipt | undefined>;
  /**
   * Lays what the step had left into this run's folder, and tells whether it is there: only for a
   * step that does not run, whose own report must never be an earlier one.
   */
  readonly lay: (request: ReceiptRequest) => Promise<boolean>;
  /** Keeps what a stage has earned, if the source is still what it was when the run began. */
  readonly keep: (earned: readonly Earned[]) => Promise<void>;
}
