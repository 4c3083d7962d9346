/** The stand-in's time: either moved by hand in tests, or running by itself, faster or slower. */
export interface Clock {
  readonly now: () => number;
  /** Acts once after so many of its milliseconds; the answer calls it off. */
  readonly after: (milliseconds: number, act: Act) => () => void;
  /** Moves a hand-driven clock and waits for everything that falls due on the way. */
  readonly advance: (milliseconds: number) => Promise<void>;
  readonly stop: () => void;
}

export type Act = () => void | Promise<void>;

interface Alarm {
  readonly at: number;
  readonly act: Act;
}

/** Stands still until it is told to move. */
export function handClock(start = Date.parse("2026-01-01T00:00:00Z")): Clock {
  let now = start;
  const alarms = new Set<Alarm>();
  return {
    now: () => now,
    after(milliseconds, act) {
      const alarm = { at: now + milliseconds, act };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (let next = earliest(alarms, until); next; next = earliest(alarms, until)) {
        alarms.delete(next);
        now = Math.max(now, next.at);
        await next.act();
      }
      now = until;
    },
    stop: () => alarms.clear(),
  };
}

function earliest(alarms: Iterable<Alarm>, until: number): Alarm | undefined {
  let found: Alarm | undefined;
  for (const alarm of alarms) {
    if (alarm.at <= until && (!found || alarm.at < found.at)) found = alarm;
  }
  return found;
}

/** Runs by itself, `speed` times as fast as the world. */
export function runningClock(speed = 1): Clock {
  const began = Date.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Math.floor(began + (Date.now() - began) * speed),
    after(milliseconds, act) {
      const timer = setTimeout(async () => {
        timers.delete(timer);
        await act();
      }, milliseconds / speed).unref();
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    advance: async () => {
      throw new Error("This clock runs by itself: it cannot be moved");
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
