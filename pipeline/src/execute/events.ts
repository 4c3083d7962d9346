import type { Plan, Stage } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";
import type { Run, StageRun, StepRun } from "./run.ts";

/** What a run says while it goes: the terminal and GitHub's log listen to these. */
export type RunEvent =
  | { readonly type: "run-started"; readonly plan: Plan; readonly id: string }
  | { readonly type: "stage-started"; readonly stage: Stage }
  | {
      readonly type: "step-started";
      readonly stage: Stage;
      readonly step: Step;
      readonly attempt: number;
    }
  | {
      readonly type: "output";
      readonly stage: string;
      readonly step: string;
      readonly text: string;
    }
  | { readonly type: "note"; readonly stage: string; readonly step?: string; readonly text: string }
  | { readonly type: "step-ended"; readonly stage: Stage; readonly step: StepRun }
  | { readonly type: "stage-ended"; readonly stage: StageRun }
  | { readonly type: "run-ended"; readonly run: Run };

export type Listener = (event: RunEvent) => void;
