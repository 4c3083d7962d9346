import type { Config } from "../config/config.ts";
import type { Survey } from "../config/survey.ts";
import type { Branches } from "../plan/branches.ts";
import type { Stage, StageId, Trigger } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";

/** What a stage may look at when it plans itself. */
export interface PlanContext {
  readonly config: Config;
  readonly survey: Survey;
  readonly trigger: Trigger;
  readonly branches: Branches;
}

/** One stage of product.md's table: when it runs, and what it is made of. */
export interface StageDefinition {
  readonly id: StageId;
  readonly kind: Stage["kind"];
  readonly needs: readonly StageId[];
  readonly blocking: (context: PlanContext) => boolean;
  readonly decide: (context: PlanContext) => Decision;
  readonly steps: (context: PlanContext) => Step[];
  readonly coverage?: (context: PlanContext) => Stage["coverage"];
}

export interface Decision {
  readonly run: boolean;
  readonly reason: string;
}

export function yes(reason: string): Decision {
  return { run: true, reason };
}

export function no(reason: string): Decision {
  return { run: false, reason };
}
