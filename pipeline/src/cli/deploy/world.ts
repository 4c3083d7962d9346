import { hostname, userInfo } from "node:os";
import type { World } from "../../deploy/procedure/world.ts";
import { createRealWorld, type WorldRequest } from "../../deploy/real-world.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { versionFolder } from "../../host/version.ts";

export interface HostWorldRequest extends Omit<WorldRequest, "owner" | "folder"> {
  readonly runId: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The world of a deploy from this machine. */
export function createWorld(request: HostWorldRequest): World {
  const { runId, env, root } = request;
  return createRealWorld({
    ...request,
    owner: ownerOf(runId, env),
    folder: (commit) => versionOf(root, commit),
  });
}

export async function versionOf(root: string, commit: string): Promise<string> {
  return versionFolder(await makeGantryFolder(root), commit);
}

/** Who asked for it. */
export function actorOf({ GITHUB_ACTOR: actor }: NodeJS.ProcessEnv): string {
  return actor || userInfo().username;
}

/** A name that no other run has, and by which a person finds this one. */
function ownerOf(runId: string, env: NodeJS.ProcessEnv): string {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return repository && run ? `${repository} run ${run} (${runId})` : `${hostname()} (${runId})`;
}
