import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { loginForm } from "../rest/forms.ts";
import { list } from "../rest/list.ts";
import { act } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export type DeploymentState =
  | "queued"
  | "pending"
  | "in_progress"
  | "success"
  | "failure"
  | "error"
  | "inactive";

export interface DeploymentStatus {
  readonly id: number;
  /** One of `DeploymentState`, or a word that GitHub adds one day. */
  readonly state: string;
  readonly description: string;
  readonly environmentUrl: string | undefined;
  readonly logUrl: string | undefined;
  readonly creator: string | undefined;
  readonly createdAt: string;
}

const statusForm = z
  .object({
    id: z.number(),
    state: z.string(),
    description: z.string(),
    environment_url: z.string().nullish(),
    log_url: z.string().nullish(),
    creator: loginForm,
    created_at: z.string(),
  })
  .transform(
    ({ environment_url, log_url, created_at, ...same }): DeploymentStatus => ({
      ...same,
      creator: same.creator,
      environmentUrl: environment_url || undefined,
      logUrl: log_url || undefined,
      createdAt: created_at,
    }),
  );

/** The statuses of a deployment, newest first: the first is its state of now. */
export async function listDeploymentStatuses(
  connection: Connection,
  deploymentId: number,
  first?: number,
): Promise<Answer<readonly DeploymentStatus[]>> {
  return list(connection, {
    path: path`/deployments/${deploymentId}/statuses`,
    item: statusForm,
    first,
  });
}

export interface NewDeploymentStatus {
  readonly state: DeploymentState;
  /** At most 140 characters, else GitHub refuses it. */
  readonly description?: string;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
  /** Whether a success makes earlier deployments of the environment inactive; GitHub's own default is true. */
  readonly autoInactive?: boolean;
}

export async function createDeploymentStatus(
  connection: Connection,
  deploymentId: number,
  { state, description, environmentUrl, logUrl, autoInactive }: NewDeploymentStatus,
): Promise<Answer<DeploymentStatus>> {
  return act(connection, {
    method: "POST",
    path: path`/deployments/${deploymentId}/statuses`,
    body: {
      state,
      description,
      environment_url: environmentUrl,
      log_url: logUrl,
      auto_inactive: autoInactive,
    },
    form: statusForm,
  });
}
