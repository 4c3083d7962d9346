import type { ReleasePlan } from "../plan.ts";
import type { HostAnswer, NewAsset, ReleaseHost } from "./host.ts";

/** Everything that publishing a release takes. */
export interface PublishRequest {
  readonly plan: ReleasePlan;
  readonly host: ReleaseHost;
  /** The branch that is released. */
  readonly branch: string;
  readonly assets: readonly NewAsset[];
  /** The day of the release, UTC: `2026-11-23`. */
  readonly day: string;
  /** The changelog's path; false: none is kept. */
  readonly changelog: string | false;
  /** The branch that gets the release's commits; false: none. */
  readonly sync: string | false;
  /** Tells people once; absent: nobody is told. */
  readonly tell?: (url: string) => Promise<HostAnswer<undefined>>;
  /** Whether GitHub shows it as the latest release. */
  readonly latest: boolean;
}
