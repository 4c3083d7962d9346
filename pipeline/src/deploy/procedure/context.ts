import type { Failure } from "../../network/answer.ts";
import { describeProviderFailure } from "../describe-provider.ts";
import { append, holds } from "../records/journal.ts";
import type { Standing } from "../records/state.ts";
import type { World } from "./world.ts";

/** An attempt under way: the world, and the attempt as it was last read. */
export interface Context {
  readonly world: World;
  readonly standing: () => Standing;
  /** Whether this run took the attempt up from another: then it looks before it does anything. */
  readonly pickedUp: boolean;
  /** Keeps the lease; false once another run holds the attempt. */
  readonly keep: () => Promise<boolean>;
}

/** Keeps an attempt's standing, and its lease alive while something takes its time. */
export function createContext(
  world: World,
  first: Standing,
  pickedUp: boolean,
): Context & { readonly update: (standing: Standing) => void } {
  let current = first;
  return {
    world,
    pickedUp,
    standing: () => current,
    update: (standing) => {
      current = standing;
    },
    async keep() {
      if (!holds(world.writer, current)) return false;
      const { leaseSeconds } = current.attempt.opening;
      const left = (current.leaseUntil - world.writer.now()) / 1000;
      if (left > (leaseSeconds * 2) / 3) return true;
      const kept = await append(world.writer, current, { event: "alive" });
      // A place that does not answer now may do so before the lease is over.
      if (kept.kind === "ok") current = kept.value;
      return holds(world.writer, current);
    },
  };
}

export function describe({ provider }: World, failure: Failure): string {
  return describeProviderFailure(provider.name, failure);
}
