import { hostname } from "node:os";
import { append, readStandings } from "../../deploy/records/journal.ts";
import { noRecord } from "../../deploy/records/no-record.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { actorOf } from "../deploy/world.ts";
import type { Shown } from "./ask.ts";
import type { OpenEnvironment } from "./open.ts";
import { attemptLine } from "./shown-attempt.ts";

/** Takes the lock from a run that is certainly gone; what it left is picked up by the next deploy. */
export async function unlockEnvironment(
  opened: OpenEnvironment,
  env: NodeJS.ProcessEnv,
): Promise<Result<Shown>> {
  const { store } = opened;
  const read = await readStandings(store, 20);
  if (read.kind !== "ok") return noRecord(opened, read);
  const held = read.value.filter(({ leaseUntil }) => leaseUntil > Date.now());
  const owner = `${actorOf(env)} on ${hostname()}, by hand`;
  for (const standing of held) {
    const taken = await append({ store, owner, now: Date.now }, standing, { event: "unlocked" });
    if (taken.kind !== "ok") return noRecord(opened, taken);
  }
  const lines = held.map((one) => `unlocked: ${attemptLine(one)}`);
  return ok({
    json: { unlocked: held.map(({ attempt }) => attempt.opening.key) },
    text: lines.length === 0 ? "nobody holds it" : lines.join("\n"),
  });
}
