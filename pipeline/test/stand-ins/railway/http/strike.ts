import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RequestFault } from "../faults/fault.ts";
import { drop, graphqlErrors, html, json, type Reply, send, truncate, without } from "./reply.ts";

/** Answers a request the way its fault wants it; without a fault, as it should be. */
export async function strike(
  fault: RequestFault | undefined,
  response: ServerResponse,
  apply: () => Promise<Reply>,
): Promise<number> {
  if (fault?.name === "drop-before") return drop(response);
  const instead = fault && insteadOf(fault);
  if (fault && instead) {
    if ("applied" in fault && fault.applied) await apply();
    send(response, instead);
    return instead.status;
  }
  const reply = await apply();
  if (fault?.name === "drop-after") return drop(response);
  if (fault?.name === "truncate") return truncate(response, reply);
  if (fault?.name === "delay") await sleep(fault.seconds * 1000, undefined, { ref: false });
  send(response, fault ? changed(fault, reply) : reply);
  return reply.status;
}

/** Answers that replace the true one. */
function insteadOf(fault: RequestFault): Reply | undefined {
  switch (fault.name) {
    case "rate-limited": {
      const headers = { "Retry-After": String(fault.retryAfterSeconds) };
      return json(429, { message: "Too many requests" }, headers);
    }
    case "status":
      return json(fault.status, { message: `Made to answer ${fault.status}` });
    case "html":
      return html(200);
    case "errors":
      return graphqlErrors(200, fault.message);
    case "image-gone":
      return graphqlErrors(200, "Deployment image is no longer available");
    default:
      return undefined;
  }
}

/** Answers that are true but for one thing, which no schema would allow. */
function changed(fault: RequestFault, reply: Reply): Reply {
  if (fault.name === "unknown-status") {
    const body = String(reply.body).replaceAll(/"status":"[A-Z_]+"/g, `"status":"${fault.said}"`);
    return { ...reply, body };
  }
  if (fault.name === "missing-field") {
    return without(reply, fault.field);
  }
  return reply;
}
