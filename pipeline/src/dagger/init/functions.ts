import type { Changeset } from "../client.ts";
import { unwrap } from "../functions.ts";
import { init } from "./init.ts";
import type { InitRequest } from "./request.ts";

/** `init`: the change, with what differs and stays shown beside it. */
export async function runInit(given: InitRequest): Promise<Changeset> {
  const { change, text } = unwrap(await init(given));
  console.error(text);
  return change;
}
