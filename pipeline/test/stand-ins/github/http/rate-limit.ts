const hour = 3_600_000;

/** Counts the requests of each token in windows of an hour; every answer tells what is left. */
export function createRateLimit(now: () => number, perHour: number) {
  const windows = new Map<string, { since: number; count: number }>();
  return (token: string) => {
    let window = windows.get(token);
    if (!window || now() - window.since >= hour) {
      window = { since: now(), count: 0 };
      windows.set(token, window);
    }
    window.count += 1;
    return {
      allowed: window.count <= perHour,
      headers: quota(perHour, Math.max(0, perHour - window.count), window.since + hour),
    };
  };
}

export function quota(limit: number, remaining: number, resetsAt: number): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(Math.ceil(resetsAt / 1000)),
  };
}
