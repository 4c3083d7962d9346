/** Something that was measured at a moment. */
export interface Observation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

/** The smallest value that 95 % of the values do not exceed (nearest rank). */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export interface Point extends Observation {
  /** How many observations it stands for. */
  readonly count: number;
}

/** As many as a small picture can show. */
export const mostPoints = 40;

/** The same of yes and no, of which one alone says nothing. */
export const sharePoints = 12;

/**
 * A line of points, oldest first: each observation as it is, or where there are many, as many equal
 * spans of time, each with the summary of what was observed in it. Spans without any have none.
 */
export function series(
  observations: readonly Observation[],
  summarise: (values: readonly number[]) => number,
  most = mostPoints,
): readonly Point[] {
  const sorted = observations.toSorted((a, b) => a.at - b.at || a.value - b.value);
  if (sorted.length <= most) return sorted.map((one) => ({ ...one, count: 1 }));
  const first = sorted[0]?.at ?? 0;
  const span = ((sorted.at(-1)?.at ?? 0) - first) / most || 1;
  const spanOf = ({ at }: Observation): number =>
    Math.min(most - 1, Math.floor((at - first) / span));
  return [...Map.groupBy(sorted, spanOf).values()].map((group) => ({
    at: Math.round(mean(group.map(({ at }) => at))),
    value: summarise(group.map(({ value }) => value)),
    count: group.length,
  }));
}
