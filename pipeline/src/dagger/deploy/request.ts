import type { ModuleRequest } from "../request.ts";

/** What a deploy is told beside what every function is; a module sees no environment. */
export interface ActRequest extends Omit<ModuleRequest, "plan" | "event" | "only"> {
  /** The environment that is changed. */
  readonly env: string;
  /** How long to wait for another deploy to end, in seconds. */
  readonly wait?: number | undefined;
  /** owner/name on GitHub, where the record is kept. */
  readonly githubRepository?: string | undefined;
  readonly actor?: string | undefined;
  readonly runUrl?: string | undefined;
  /** Servers of one's own, in place of GitHub's and Railway's. */
  readonly githubUrl?: string | undefined;
  readonly railwayUrl?: string | undefined;
}

/** What is asked of the environment. */
export type Asked =
  | { readonly kind: "deploy"; readonly again: boolean }
  | { readonly kind: "rollback"; readonly to?: string | undefined }
  | { readonly kind: "promote"; readonly from: string };
