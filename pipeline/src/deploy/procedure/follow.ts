import { isServing, isSettled, type Look, type Sighting } from "../provider.ts";
import type { Verdict } from "../verdict.ts";
import { type Context, describe } from "./context.ts";
import { failed, interrupted, type Move, pause, record } from "./move.ts";
import type { World } from "./world.ts";

/** How following a deployment can end. */
export type Followed =
  | { readonly kind: "settled"; readonly sighting: Sighting; readonly started: boolean }
  | { readonly kind: "timed-out"; readonly last: Sighting | undefined }
  /** The provider does not know it, or does not let this run look. */
  | { readonly kind: "blind"; readonly why: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "taken-over" };

export interface Follow {
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** Looks at a deployment until nothing changes any more; what it logs is told as it comes. */
export async function follow(context: Context, { id, until }: Follow): Promise<Followed> {
  const { world } = context;
  const { provider, writer } = world;
  const begun = writer.now();
  let last: Sighting | undefined;
  let started = false;
  for (;;) {
    const look = await provider.look(id);
    if (look.kind === "refused" || look.kind === "unauthorised") {
      return { kind: "blind", why: describe(world, look) };
    }
    if (look.kind === "ok") {
      const { sighting } = look.value;
      show(world, look.value, last, (writer.now() - begun) / 1000);
      started ||= hasStarted(look.value);
      if (isSettled(sighting.phase)) return { kind: "settled", sighting, started };
      last = sighting;
    }
    if (world.signal.aborted) return { kind: "stopped" };
    const left = (until - writer.now()) / 1000;
    if (left <= 0) return { kind: "timed-out", last };
    const least = look.kind === "rate-limited" ? look.retryAfterSeconds : 0;
    const pace = Math.max(least, provider.lookSeconds(last?.phase ?? "waiting"));
    await world.sleep(Math.min(left, pace), world.signal);
    if (!(await context.keep())) return { kind: "taken-over" };
  }
}

/** What fails within one pause was never seen starting: its own words tell that it did. */
function hasStarted({ sighting, lines }: Look): boolean {
  return sighting.phase === "deploying" || lines.some(({ stream }) => stream === "deploy");
}

function show(
  { tell }: World,
  { sighting, lines }: Look,
  last: Sighting | undefined,
  seconds: number,
): void {
  for (const line of lines) tell({ type: "log", line });
  if (sighting.said !== last?.said) tell({ type: "phase", sighting, seconds });
}

/** Follows the new version until it is live or will never be. */
export async function followNew(context: Context, id: string, since: string): Promise<Move> {
  const { world } = context;
  const until = Date.parse(since) + world.settings.waitSeconds * 1000;
  const followed = await follow(context, { id, until });
  switch (followed.kind) {
    case "settled":
      return settle(context, followed.sighting, followed.started);
    case "blind":
      return pause(followed.why);
    case "taken-over":
      return pause("another run has taken this deploy over");
    case "stopped":
      return callOff(context, id, "cancelled");
    case "timed-out":
      return callOff(context, id, "timed-out");
  }
}

async function settle(
  context: Context,
  { id, phase, said }: Sighting,
  started: boolean,
): Promise<Move> {
  if (isServing(phase)) return record({ event: "live", id });
  const why = `the provider says ${said}`;
  switch (phase) {
    case "failed": {
      const verdict: Verdict = started ? "never-live" : "build-failed";
      return failed(verdict, { id, wasLive: false, why });
    }
    case "crashed":
      return failed("crashed", { id, wasLive: await tookOver(context, id), why });
    case "needs-approval":
      return callOff(context, id, "needs-approval");
    case "skipped":
      return failed("skipped", { id, wasLive: false, why });
    default:
      return failed("superseded", { id, wasLive: false, why });
  }
}

/** Whether the old version no longer serves; where nobody can say, it is taken for gone. */
async function tookOver({ world, standing }: Context, id: string): Promise<boolean> {
  const { before } = standing().attempt.opening;
  const serving = await world.provider.serving();
  if (serving.kind !== "ok" || serving.value === undefined) return true;
  return serving.value.id === id || serving.value.id !== before?.id;
}

const callOffSeconds = 90;
const patienceOnSignalSeconds = 4;

/** Asks the provider for an end, and looks what became of it: it may go live all the same. */
async function callOff(
  context: Context,
  id: string,
  verdict: Extract<Verdict, "cancelled" | "timed-out" | "needs-approval">,
): Promise<Move> {
  const { world } = context;
  const stopped = verdict === "cancelled";
  await world.provider.cancel(id);
  const seconds = stopped ? patienceOnSignalSeconds : callOffSeconds;
  const until = world.writer.now() + seconds * 1000;
  // A person's second signal must not cut this short: it decides what is left behind.
  const calm = { ...context, world: { ...world, signal: new AbortController().signal } };
  const followed = await follow(calm, { id, until });
  if (followed.kind === "taken-over") return pause("another run has taken this deploy over");
  if (followed.kind !== "settled") {
    return stopped ? interrupted : pause("called off, but the provider does not say that it ended");
  }
  const { phase, said } = followed.sighting;
  if (isServing(phase)) return record({ event: "live", id }, "it went live all the same");
  return failed(verdict, { id, wasLive: false, why: `called off; the provider says ${said}` });
}
