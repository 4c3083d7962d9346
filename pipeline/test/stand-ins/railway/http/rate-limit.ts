const hour = 3_600_000;

/** Counts requests by token in windows of an hour, and says how many are left. */
export interface RateLimit {
  readonly take: (token: string) => RateLimited;
}

export interface RateLimited {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export function createRateLimit(now: () => number, perHour: number): RateLimit {
  const windows = new Map<string, { since: number; count: number }>();
  return {
    take(token) {
      let window = windows.get(token);
      if (!window || now() - window.since >= hour) {
        window = { since: now(), count: 0 };
        windows.set(token, window);
      }
      window.count += 1;
      const allowed = window.count <= perHour;
      const resetsAt = window.since + hour;
      const seconds = Math.ceil((resetsAt - now()) / 1000);
      return {
        allowed,
        headers: {
          "X-RateLimit-Limit": String(perHour),
          "X-RateLimit-Remaining": String(Math.max(0, perHour - window.count)),
          "X-RateLimit-Reset": String(Math.ceil(resetsAt / 1000)),
          ...(allowed ? {} : { "Retry-After": String(seconds) }),
        },
      };
    },
  };
}
