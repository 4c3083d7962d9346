import type { Answer } from "./answer.ts";
import type { Network } from "./network.ts";

/**
 * Repeats what can be repeated without harm: reads, and acts that certainly did not get there.
 * Waits grow and are spread, so that many runners do not come back at the same moment.
 */
export async function repeat<T>(
  network: Network,
  act: { readonly safe: boolean; readonly attempts?: number },
  attempt: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const attempts = act.attempts ?? network.limits.attempts;
  for (let count = 1; ; count += 1) {
    const answer = await attempt();
    const seconds = waitBefore(network, answer, count, act.safe);
    if (count >= attempts || seconds === undefined) return answer;
    await network.sleep(seconds);
  }
}

/** How long to wait before the next try, or nothing where there must be none. */
function waitBefore(
  { random, limits }: Network,
  answer: Answer<unknown>,
  count: number,
  safe: boolean,
): number | undefined {
  const spread = random() * Math.min(10, 2 ** (count - 1));
  if (answer.kind === "lost") return safe || !answer.reached ? spread : undefined;
  if (answer.kind !== "rate-limited") return undefined;
  const { retryAfterSeconds } = answer;
  return retryAfterSeconds <= limits.longestWaitSeconds ? retryAfterSeconds + spread : undefined;
}
