import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/** The body as JSON, or nothing where it is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await buffer(request)).toString("utf8"));
  } catch {
    return undefined;
  }
}
