import { z } from "zod";
import { type Answer, mapOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import { nodesOf } from "./deployment.ts";
import { mutation, query, run } from "./operation.ts";
import type { Drift } from "./settings.ts";
import type { Target } from "./target.ts";

export interface Volume {
  readonly id: string;
  readonly mountPath: string;
}

export const volumesOperation = query<{ environmentId: string; projectId: string }>()(
  `query GantryVolumes($environmentId: String!, $projectId: String!) {
    environment(id: $environmentId, projectId: $projectId) {
      volumeInstances(first: 500) { edges { node { volumeId mountPath serviceId } } }
    }
  }`,
  z.object({
    environment: z.object({
      volumeInstances: nodesOf(
        z.object({ volumeId: z.string(), mountPath: z.string(), serviceId: z.string().nullable() }),
      ),
    }),
  }),
);

export async function readVolumes(
  connection: Connection,
  { environmentId, projectId, serviceId }: Target,
): Promise<Answer<readonly Volume[]>> {
  const answer = await run(connection, volumesOperation, { environmentId, projectId });
  return mapOk(answer, ({ environment }) =>
    environment.volumeInstances
      .filter((one) => one.serviceId === serviceId)
      .map(({ volumeId, mountPath }) => ({ id: volumeId, mountPath })),
  );
}

/** Mount paths that are wanted and missing. One too many holds data: it is left to people. */
export function compareVolumes(
  wanted: readonly string[],
  found: readonly Volume[],
): readonly Drift[] {
  return wanted
    .filter((path) => !found.some((volume) => volume.mountPath === path))
    .map((path) => ({ path: `volumes.${path}`, wanted: "mounted", found: "missing" }));
}

export const createVolumeOperation = mutation<{ input: Readonly<Record<string, unknown>> }>()(
  `mutation GantryVolumeCreate($input: VolumeCreateInput!) { volumeCreate(input: $input) { id } }`,
  z.object({ volumeCreate: z.object({ id: z.string() }) }),
);

/** The environment is always named: without it, Railway makes one in every environment. */
export async function createVolume(
  connection: Connection,
  { projectId, environmentId, serviceId }: Target,
  mountPath: string,
): Promise<Answer<string>> {
  const input = { projectId, environmentId, serviceId, mountPath };
  const answer = await run(connection, createVolumeOperation, { input });
  return mapOk(answer, ({ volumeCreate }) => volumeCreate.id);
}
