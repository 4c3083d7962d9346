import type { File } from "../client.ts";
import type { ModuleRequest } from "../request.ts";

/** What a release is told beside what every function is; a module sees no environment. */
export interface ReleaseRequest
  extends Omit<ModuleRequest, "plan" | "event" | "eventName" | "ref" | "base" | "only"> {
  /** Only to say what would be. */
  readonly dryRun?: boolean | undefined;
  /** The pull request that will bring the release, in place of the release. */
  readonly pr?: boolean | undefined;
  /** The branch that is released. */
  readonly branch?: string | undefined;
  /** Only this one of the config's components. */
  readonly component?: string | undefined;
  /** The state.json of the run that deployed it. */
  readonly state?: File | undefined;
  /** owner/name on GitHub. */
  readonly githubRepository?: string | undefined;
  readonly runUrl?: string | undefined;
  /** GitHub's API, where it is a server of one's own. */
  readonly githubUrl?: string | undefined;
}
