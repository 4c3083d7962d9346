import type { StageId } from "../plan/plan.ts";
import type { Client, Directory, File, GitRepository, Secret } from "./client.ts";
import type { Scratch } from "./executor/site.ts";

/** What a function of the module is asked, as its arguments say it. */
export interface ModuleRequest {
  readonly dag: Client;
  readonly source: Directory;
  readonly repository?: GitRepository | undefined;
  /** The bundle of procedures that run inside containers. */
  readonly procedures: File;
  readonly scratch: Scratch;
  readonly plan?: File | undefined;
  readonly event?: File | undefined;
  readonly eventName?: string | undefined;
  readonly ref?: string | undefined;
  readonly base?: string | undefined;
  readonly runId?: string | undefined;
  readonly attempt?: number | undefined;
  readonly config?: string | undefined;
  readonly secrets?: readonly Secret[] | undefined;
  readonly only?: readonly StageId[] | undefined;
}
