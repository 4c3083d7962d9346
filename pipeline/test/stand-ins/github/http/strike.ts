import type { ServerResponse } from "node:http";
import { drop, html, json, type Reply, send, truncate, without } from "../../railway/http/reply.ts";
import type { Fault } from "../fault.ts";
import type { World } from "../world/world.ts";
import { refusal } from "./asked.ts";
import { quota } from "./rate-limit.ts";

export interface Struck {
  readonly world: World;
  readonly fault: Fault | undefined;
  readonly response: ServerResponse;
  readonly apply: () => Reply;
  /** What an upload that breaks off leaves. */
  readonly applyHalf: () => void;
}

/** Answers a request the way its fault wants it; without a fault, as it should be. */
export async function strike({
  world,
  fault,
  response,
  apply,
  applyHalf,
}: Struck): Promise<number> {
  if (fault?.name === "half-upload") applyHalf();
  if (fault?.name === "drop-before" || fault?.name === "half-upload") return drop(response);
  const instead = fault && insteadOf(world, fault);
  if (fault && instead) {
    if ("applied" in fault && fault.applied) apply();
    send(response, instead);
    return instead.status;
  }
  const reply = fault?.name === "slow" ? await slowly(world, fault, apply) : apply();
  if (fault?.name === "drop-after") return drop(response);
  if (fault?.name === "truncate") return truncate(response, reply);
  send(response, fault?.name === "missing-field" ? without(reply, fault.field) : reply);
  return reply.status;
}

/** Answers that replace the true one. */
function insteadOf(world: World, fault: Fault): Reply | undefined {
  if (fault.name === "html") return html(200);
  if (fault.name === "status") return refused(fault.status, `Made to answer ${fault.status}`);
  if (fault.name !== "rate-limited") return undefined;
  const { how, seconds } = fault;
  if (how === "retry-after") {
    return refused(429, "Too many requests", { "Retry-After": String(seconds) });
  }
  if (how === "secondary") return refused(403, "You have exceeded a secondary rate limit.");
  const { requestsPerHour } = world.options;
  const headers = quota(requestsPerHour, 0, world.clock.now() + seconds * 1000);
  return refused(403, "API rate limit exceeded for the stand-in.", headers);
}

function refused(status: number, message: string, headers?: Record<string, string>): Reply {
  return json(status, refusal(status, message).body, headers);
}

function slowly(
  { clock }: World,
  { seconds, applied }: Extract<Fault, { name: "slow" }>,
  apply: () => Reply,
): Promise<Reply> {
  const early = applied === "at-once" ? apply() : undefined;
  return new Promise((resolve) => {
    clock.after(seconds * 1000, () => resolve(early ?? apply()));
  });
}
