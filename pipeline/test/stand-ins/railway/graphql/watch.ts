import type { World } from "../world/world.ts";

/** A stream of what `read` finds new, asked again after every change; nothing new is undefined. */
export function watch<T>(world: World, read: () => T | undefined): AsyncIterableIterator<T> {
  let ended = false;
  let wake = () => {};
  const end = async () => {
    ended = true;
    wake();
    return { done: true as const, value: undefined };
  };
  return {
    async next() {
      while (!ended) {
        const value = read();
        if (value !== undefined) return { done: false, value };
        await new Promise<void>((resolve) => {
          wake = resolve;
          world.changes.once("change", resolve);
        });
        world.changes.off("change", wake);
      }
      return { done: true, value: undefined };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
