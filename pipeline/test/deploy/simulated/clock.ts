/** A clock that only moves when somebody sleeps. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly pass: (seconds: number) => void;
}

export function createClock(start = Date.parse("2026-11-23T08:00:00Z")): Clock {
  let now = start;
  const pass = (seconds: number): void => {
    now += Math.ceil(seconds * 1000);
  };
  return {
    now: () => now,
    pass,
    async sleep(seconds, signal) {
      if (!signal?.aborted) pass(seconds);
    },
  };
}
