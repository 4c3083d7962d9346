import type { Trigger } from "../plan/plan.ts";
import type { UpdateSettings } from "./settings.ts";

export interface UpdatePlace {
  readonly base: string;
  /** The commit that updates are made from; none: the source as it stands. */
  readonly baseCommit: string | undefined;
  /** The commit that is checked out. */
  readonly commit: string;
  readonly repository: string | undefined;
}

/** What a pull request with the updates would start. */
export function updateTrigger(
  { branch }: UpdateSettings,
  { base, baseCommit, commit, repository }: UpdatePlace,
): Trigger {
  return {
    event: "pull-request",
    branch,
    base,
    ...(baseCommit !== undefined && { baseCommit }),
    commit: baseCommit ?? commit,
    eventName: "pull_request",
    fork: false,
    ...(repository !== undefined && { repository }),
  };
}

/** What is asked of updates before they are proposed. */
export const updateStages = ["code-quality", "unit-tests"] as const;
