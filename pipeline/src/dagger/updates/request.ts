import type { ModuleRequest } from "../request.ts";
import type { GithubPlace } from "../variables.ts";

/** What updates are told beside what every function is. */
export type UpdatesRequest = Omit<
  ModuleRequest,
  "plan" | "event" | "eventName" | "ref" | "base" | "only"
>;

/** What proposing them is told; a module sees no environment. */
export interface ProposeRequest extends UpdatesRequest, GithubPlace {
  /** Only to say what would be proposed. */
  readonly dryRun?: boolean | undefined;
}
