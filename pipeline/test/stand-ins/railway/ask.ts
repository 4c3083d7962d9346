import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { create } from "tar";
import type { Behaviour } from "./apps/behaviour.ts";
import { findSchemaFile } from "./graphql/schema.ts";
import type { RailwayStandIn } from "./stand-in.ts";
import type { Instance } from "./world/model.ts";

/** Words for tests that speak to the stand-in over its real interface. */

export const hasSchema = findSchemaFile() !== undefined;

interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly { readonly message: string }[];
}

export async function ask(
  standIn: RailwayStandIn,
  query: string,
  variables: Record<string, unknown> = {},
  token = standIn.world.options.projectToken,
): Promise<Answer> {
  const answer = await fetch(`${standIn.address}/graphql/v2`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Project-Access-Token": token },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()) as Answer;
}

export async function statusOf(standIn: RailwayStandIn, id: string): Promise<string> {
  const answer = await ask(standIn, "query ($id: String!) { deployment(id: $id) { status } }", {
    id,
  });
  return (answer.data as unknown as { deployment: { status: string } }).deployment.status;
}

export async function upload(
  standIn: RailwayStandIn,
  behaviour: Behaviour = {},
  instance: Instance = standIn.seeded.production,
): Promise<string> {
  const answer = await send(standIn, await archiveOf(behaviour), instance);
  return ((await answer.json()) as { deploymentId: string }).deploymentId;
}

export function send(
  standIn: RailwayStandIn,
  body: Uint8Array<ArrayBuffer> | string,
  instance: Instance = standIn.seeded.production,
  token = standIn.world.options.projectToken,
): Promise<Response> {
  const { projectId, environmentId, serviceId } = instance;
  const path = `/project/${projectId}/environment/${environmentId}/up?serviceId=${serviceId}`;
  return fetch(standIn.address + path, {
    method: "POST",
    headers: { "Content-Type": "application/gzip", "Project-Access-Token": token },
    body,
  });
}

/** An upload that says itself how it will behave. */
export async function archiveOf(behaviour: Behaviour): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-upload-"));
  await writeFile(join(folder, "stand-in.json"), JSON.stringify(behaviour));
  const archive = await buffer(create({ gzip: true, cwd: folder }, ["stand-in.json"]) as never);
  await rm(folder, { recursive: true });
  return new Uint8Array(archive);
}

/** Far enough for a deployment to go live when nothing is wrong with it. */
export const untilLive = 30;

export async function healthOf(standIn: RailwayStandIn): Promise<Record<string, unknown>> {
  const answer = await fetch(`${standIn.publicUrl(standIn.seeded.production)}/api/health`);
  return { httpStatus: answer.status, ...((await answer.json()) as object) };
}
