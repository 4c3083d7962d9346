/** How many observations it takes before a number says something. */
export const enough = {
  /** A median of fewer jumps with each new one. */
  median: 5,
  /** One of ten is a tenth already. */
  share: 10,
  /** What 95 % do not exceed: of fewer than twenty that is the largest. */
  tail: 20,
  incidents: 3,
  days: 7,
  tests: 20,
} as const;
