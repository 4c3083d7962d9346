import { setTimeout as sleep } from "node:timers/promises";

/** A version that gets traffic, and how much of it is under way. */
export interface Target {
  readonly id: string;
  readonly port: number;
  /** Requests and connections that have begun and not ended. */
  open: number;
}

/** Where requests go: a version, or an answer that says why there is none. */
export type Route =
  | { readonly kind: "version"; readonly target: Target }
  | { readonly kind: "nothing"; readonly reason: string };

/** Counts something as open until the answered function is called, once. */
export function countOpen(target: Target): () => void {
  target.open += 1;
  let counted = true;
  return () => {
    if (counted) target.open -= 1;
    counted = false;
  };
}

/** Waits until nothing is open any more, at most so long. */
export async function drained(target: Target, withinMilliseconds: number): Promise<void> {
  const end = performance.now() + withinMilliseconds;
  while (target.open > 0 && performance.now() < end) await sleep(20);
}
