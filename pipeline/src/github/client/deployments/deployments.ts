import { z } from "zod";
import type { Answer } from "../../../network/answer.ts";
import type { Connection } from "../rest/connection.ts";
import { loginForm } from "../rest/forms.ts";
import { list } from "../rest/list.ts";
import { act, lookFor } from "../rest/operation.ts";
import { path } from "../rest/path.ts";

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  /** What the deployer wrote: an object, or a text. */
  readonly payload: unknown;
  readonly description: string | undefined;
  readonly creator: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const deploymentForm = z
  .object({
    id: z.number(),
    sha: z.string(),
    ref: z.string(),
    task: z.string(),
    environment: z.string(),
    payload: z.unknown(),
    description: z.string().nullable(),
    creator: loginForm,
    created_at: z.string(),
    updated_at: z.string(),
  })
  .transform(
    ({ description, created_at, updated_at, ...same }): Deployment => ({
      ...same,
      payload: same.payload,
      description: description ?? undefined,
      createdAt: created_at,
      updatedAt: updated_at,
    }),
  );

export interface WantedDeployments {
  readonly environment?: string;
  readonly task?: string;
  readonly sha?: string;
  readonly ref?: string;
  /** How many of the newest; all unless told. */
  readonly first?: number;
}

/** The deployments of an environment or task, newest first. */
export async function listDeployments(
  connection: Connection,
  { first, ...search }: WantedDeployments = {},
): Promise<Answer<readonly Deployment[]>> {
  return list(connection, {
    path: "/deployments",
    item: deploymentForm,
    search,
    first,
  });
}

export async function findDeployment(
  connection: Connection,
  id: number,
): Promise<Answer<Deployment | undefined>> {
  return lookFor(connection, path`/deployments/${id}`, deploymentForm);
}

export interface NewDeployment {
  /** A commit, branch or tag. */
  readonly ref: string;
  readonly environment: string;
  readonly task: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly description?: string;
  readonly production?: boolean;
  /** Gone one day, as an environment for one pull request is. */
  readonly transient?: boolean;
}

/** Records a deployment of exactly this ref: merges nothing and waits for no status. */
export async function createDeployment(
  connection: Connection,
  { production, transient, ...wanted }: NewDeployment,
): Promise<Answer<Deployment>> {
  const body = {
    ...wanted,
    auto_merge: false,
    required_contexts: [],
    production_environment: production,
    transient_environment: transient,
  };
  return act(connection, { method: "POST", path: "/deployments", body, form: deploymentForm });
}
