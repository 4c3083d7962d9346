import { randomBytes } from "node:crypto";

/** Names an attempt and no other; sorts by time, and fits where names of deployments go. */
export function makeKey(now: number): string {
  return `d${now.toString(36)}-${randomBytes(4).toString("hex")}`;
}
