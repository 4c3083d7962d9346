import { type Answer, mayBeApplied, ok } from "../../network/answer.ts";
import { isSettled, type Sighting } from "../provider.ts";
import { type Context, describe } from "./context.ts";
import { failed, type Move, pause, record } from "./move.ts";

/** Nothing was done yet: makes the settings what the config says, and notes what is about to be sent. */
export async function prepare({ world, standing, pickedUp }: Context): Promise<Move> {
  const { opening } = standing().attempt;
  // What it saw may no longer be so, and it may have been about to yield to another.
  if (pickedUp) {
    const why = "an ended run took the environment, and began nothing";
    return failed("abandoned", { wasLive: false, why });
  }
  // What is brought back comes with the settings it had.
  if (opening.back) return record({ event: "sending" });
  const applied = await world.provider.applySettings();
  if (applied.kind === "lost" || applied.kind === "rate-limited") {
    return pause(describe(world, applied));
  }
  if (applied.kind !== "ok") {
    return failed("refused", { wasLive: false, why: describe(world, applied) });
  }
  const [left] = applied.value;
  if (!left) return record({ event: "sending" });
  const paths = applied.value.map(({ path }) => path).join(", ");
  return failed("refused", { wasLive: false, why: `the provider did not take ${paths}` });
}

/** An upload that was on its way when its run ended arrives within this time, or never. */
const arrivesWithinSeconds = 120;
const looks = 6;

/** Sends the version once. Whatever the answer: it is looked for before it counts as not sent. */
export async function send(context: Context, since: string): Promise<Move> {
  return context.pickedUp ? pickUpSending(context, since) : sendNow(context, since);
}

async function sendNow(context: Context, since: string): Promise<Move> {
  const { world } = context;
  const sent = await startVersion(context);
  if (sent === undefined)
    return failed("refused", { wasLive: false, why: "its files are not here" });
  if (sent.kind === "ok") return accepted(sent.value);
  if (!mayBeApplied(sent)) {
    return sent.kind === "refused" || sent.kind === "unauthorised"
      ? failed("refused", { wasLive: false, why: describe(world, sent) })
      : pause(describe(world, sent));
  }
  for (let look = 1; look <= looks; look += 1) {
    const found = await findVersion(context, since);
    if (found.kind === "ok" && found.value) return accepted(found.value);
    await world.sleep(look * 2, world.signal);
    if (!(await context.keep())) return pause("another run has taken this deploy over");
  }
  return pause(`${describe(world, sent)}; it is not to be seen at the provider either`);
}

/** The run that meant to send it is gone: either it has arrived, or nobody sends it any more. */
async function pickUpSending(context: Context, since: string): Promise<Move> {
  const { world } = context;
  for (;;) {
    const found = await findVersion(context, since);
    if (found.kind !== "ok") return pause(describe(world, found));
    if (found.value) return accepted(found.value);
    const waited = (world.writer.now() - Date.parse(since)) / 1000;
    if (waited >= arrivesWithinSeconds) break;
    world.tell({ type: "note", text: "an ended run may just have sent a version; looking for it" });
    await world.sleep(Math.min(10, arrivesWithinSeconds - waited + 1), world.signal);
    if (world.signal.aborted) return pause("ended from outside while looking for it");
    if (!(await context.keep())) return pause("another run has taken this deploy over");
  }
  return failed("abandoned", { wasLive: false, why: "an ended run meant to send it, and did not" });
}

/** Sends from the source, or asks the provider to bring an earlier deployment back. */
async function startVersion(context: Context): Promise<Answer<Sighting> | undefined> {
  const { world, standing } = context;
  const { key, commit, tag, back } = standing().attempt.opening;
  if (back) return world.provider.bringBack(back.id, key);
  const version = await world.files(commit);
  if (!version.ok) return undefined;
  const message = `gantry ${key}: ${tag ?? commit.slice(0, 12)}`;
  return world.provider.send({ key, commit, message, ...version.value });
}

async function findVersion(
  { world, standing }: Context,
  since: string,
): Promise<Answer<Sighting | undefined>> {
  const { key, back } = standing().attempt.opening;
  const { provider } = world;
  const found = back
    ? await provider.findBroughtBack({ to: back.id, key, since })
    : await provider.find(key);
  return found.kind === "refused" && found.status === 404 ? ok(undefined) : found;
}

function accepted({ id, phase, said }: Sighting): Move {
  const why = isSettled(phase) ? `the provider says ${said} at once` : undefined;
  return record({ event: "accepted", id }, why);
}
