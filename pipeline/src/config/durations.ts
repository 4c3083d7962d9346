const units = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 } as const;

/** A written duration (`90s`, `5m`, or a number of seconds) in seconds. */
export function secondsOf(written: string | number): number {
  if (typeof written === "number") return written;
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(written);
  if (!match) throw new TypeError(`not a duration: ${written}`);
  return Number(match[1]) * units[match[2] as keyof typeof units];
}
