import { type Answer, mapOk, mayBeApplied, ok } from "./answer.ts";
import type { Network } from "./network.ts";

export interface Act<T> {
  /** Finds what the act would make, or nothing. A list must be read to its end. */
  readonly look: () => Promise<Answer<T | undefined>>;
  readonly act: () => Promise<Answer<T>>;
}

export interface Done<T> {
  readonly value: T;
  /** Whether it was made just now; else it was there already. */
  readonly made: boolean;
}

/**
 * Makes what is missing, once. After an answer that tells nothing it looks again, for as long as
 * an act can still be under way, before it acts a second and last time.
 */
export async function actOnce<T>(network: Network, act: Act<T>): Promise<Answer<Done<T>>> {
  const there = await act.look();
  if (there.kind !== "ok") return there;
  if (there.value !== undefined) return ok({ value: there.value, made: false });
  const first = await actAndLook(network, act);
  return first.again ? (await actAndLook(network, act)).answer : first.answer;
}

interface Tried<T> {
  readonly answer: Answer<Done<T>>;
  /** Looked for long enough: it is certainly not there. */
  readonly again: boolean;
}

async function actAndLook<T>(network: Network, { look, act }: Act<T>): Promise<Tried<T>> {
  const acted = await act();
  const answer = mapOk(acted, (value) => ({ value, made: true }));
  const taken = acted.kind === "refused" && [409, 422].includes(acted.status);
  if (!taken && !mayBeApplied(acted)) return { answer, again: false };
  const found = await lookFor(network, look, taken ? 0 : network.limits.settleSeconds);
  if (found.kind !== "ok") return { answer, again: false };
  if (found.value === undefined) return { answer, again: !taken };
  return { answer: ok({ value: found.value, made: !taken }), again: false };
}

/** Looks until it is there or the time is over; lists may lag behind what was done. */
async function lookFor<T>(
  network: Network,
  look: Act<T>["look"],
  seconds: number,
): Promise<Answer<T | undefined>> {
  const until = network.now() + seconds * 1000;
  for (let pause = 2; ; pause *= 2) {
    const found = await look();
    const left = (until - network.now()) / 1000;
    if (found.kind !== "ok" || found.value !== undefined || left <= 0) return found;
    await network.sleep(Math.min(left, pause));
  }
}
