import type { IncomingMessage } from "node:http";
import type { Handler } from "../../railway/http/api.ts";
import { json, type Reply } from "../../railway/http/reply.ts";
import { digestOf } from "../operations/digest.ts";
import type { Artifact } from "../world/model.ts";
import { artifactOf } from "../world/workflow-runs.ts";
import type { World } from "../world/world.ts";
import type { Api } from "./handler.ts";
import { strike } from "./strike.ts";

/** What faults are armed by, in place of an operation's name. */
export const storeOperation = "artifact-store";

/**
 * The store behind GitHub's artifacts: another host, where a signature in the address counts and
 * nothing else. It refuses a token, as GitHub's own does, and the test fails that sent one there.
 */
export function createStore({ world, requests, mismatches }: Api): Handler {
  return async (request, response) => {
    const record = { at: world.clock.now(), operation: storeOperation, status: 0 };
    requests.push(record);
    if (request.headers.authorization) mismatches.push("a token was sent to the artifacts' store");
    record.status = await strike({
      world,
      fault: world.faults.take([storeOperation, "*"]),
      response,
      apply: () => answer(world, request),
      applyHalf: () => undefined,
    });
  };
}

function answer(world: World, { url = "/", headers }: IncomingMessage): Reply {
  if (headers.authorization) return json(400, { code: "InvalidAuthenticationInfo" });
  const asked = new URL(url, world.storeAddress);
  const id = Number(asked.pathname.replace(/^\/artifacts\//, ""));
  const found = artifactOf(world, id);
  const until = Number(asked.searchParams.get("until"));
  const good = found && asked.href === addressUntil(world, found, until);
  if (!good || world.clock.now() > until) return json(403, { code: "AuthenticationFailed" });
  return { status: 200, headers: { "Content-Type": "application/zip" }, body: found.content };
}

/** Good for a minute. */
export function signedAddress(world: World, artifact: Artifact): string {
  return addressUntil(world, artifact, world.clock.now() + 60_000);
}

function addressUntil({ storeAddress }: World, { id }: Artifact, until: number): string {
  const signature = digestOf(Buffer.from(`secret of the store: ${id} ${until}`)).slice(7);
  return `${storeAddress}/artifacts/${id}?until=${until}&signature=${signature}`;
}
