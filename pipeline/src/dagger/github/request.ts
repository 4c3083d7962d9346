import type { File } from "../client.ts";
import type { ModuleRequest } from "../request.ts";

/** What everything that asks GitHub is told beside what every function is; a module sees no environment. */
export interface GithubRequest
  extends Pick<
    ModuleRequest,
    "dag" | "source" | "repository" | "procedures" | "scratch" | "config" | "secrets"
  > {
  /** owner/name on GitHub. */
  readonly githubRepository?: string | undefined;
  /** GitHub's API, where it is a server of one's own. */
  readonly githubUrl?: string | undefined;
}

export interface CommentRequest extends GithubRequest {
  /** The run.json of its folder. Data: nothing in it chooses what runs here. */
  readonly run: File;
  /** GitHub's event file, whose word on the pull request goes before the run's. */
  readonly event?: File | undefined;
  /** The base's run.json or state.json; without it GitHub is asked for the base's own run. */
  readonly baseRun?: File | undefined;
  /** The pull request's number, before every other word. */
  readonly pr?: number | undefined;
  readonly runId?: string | undefined;
  readonly runUrl?: string | undefined;
  /** Only to show the comment. */
  readonly dryRun?: boolean | undefined;
}

export interface ProtectRequest extends GithubRequest {
  /** Whether what differs is mended; else it is only shown. */
  readonly apply?: boolean | undefined;
  /** Only these branches. */
  readonly branch?: readonly string[] | undefined;
}

export interface SecretsRequest extends GithubRequest {
  /** What a workflow knows: NAME=true, NAME=false. */
  readonly present?: readonly string[] | undefined;
  /** Whether every commit is looked through as well. */
  readonly history?: boolean | undefined;
}
