import type { Client, Directory, File, GitRepository } from "../client.ts";

/** What makes a repository ready is told; nothing of it is asked of a network. */
export interface InitRequest {
  readonly dag: Client;
  readonly source: Directory;
  readonly repository?: GitRepository | undefined;
  /** The local action's program, as this Gantry has it. */
  readonly stageProgram: File;
  /** owner/name on GitHub. */
  readonly githubRepository?: string | undefined;
  /** Where Gantry is published: github.com/OWNER/gantry@VERSION. */
  readonly module?: string | undefined;
  /** Files whose new text is taken whatever they say now. */
  readonly force?: readonly string[] | undefined;
}
