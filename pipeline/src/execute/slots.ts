/** A limit on what runs at once; of those who wait, the lowest priority number goes first. */
export interface Slots {
  readonly use: <T>(priority: number, work: () => Promise<T>) => Promise<T>;
}

export function createSlots(count: number): Slots {
  const waiting: { priority: number; start: () => void }[] = [];
  let free = Math.max(1, count);

  const acquire = (priority: number): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((start) => {
      const index = waiting.findIndex((other) => other.priority > priority);
      waiting.splice(index < 0 ? waiting.length : index, 0, { priority, start });
    });
  };
  const release = (): void => {
    const next = waiting.shift();
    if (next) next.start();
    else free += 1;
  };
  return {
    async use(priority, work) {
      await acquire(priority);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
