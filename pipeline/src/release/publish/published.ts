import type { Problem } from "../../errors/problem.ts";
import type { NothingToRelease, ReleasePlan } from "../plan.ts";
import type { StepReport } from "./run-steps.ts";

/** A version, and what became of each of its steps; or why there is none. */
export interface Published {
  readonly plan: ReleasePlan | NothingToRelease;
  readonly steps: readonly StepReport[];
  /** Set where it is not the release, but the pull request that will bring it. */
  readonly pull?: true;
}

/** Why a release is not finished; none: it is. */
export function problemsOf(published: readonly Published[]): Problem[] {
  return published.flatMap(({ steps }) => steps.flatMap(({ problem }) => problem ?? []));
}
