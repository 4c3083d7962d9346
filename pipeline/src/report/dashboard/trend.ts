import type { Metric, Trend } from "./dashboard.ts";
import type { Window } from "./facts.ts";
import type { Observation } from "./numbers.ts";

export interface TrendRequest {
  readonly observations: readonly Observation[];
  readonly window: Window;
  /** How many each half must have. */
  readonly needed: number;
  readonly summarise: (values: readonly number[]) => number;
  readonly unit: Metric["unit"];
}

/** The first half of the time against the last half; nothing where a half has too little. */
export function trendOf(request: TrendRequest): { readonly trend?: Trend } {
  const { observations, window, needed, summarise, unit } = request;
  const middle = (window.from + window.to) / 2;
  const half = (isFirst: boolean): number[] =>
    observations.filter(({ at }) => at < middle === isFirst).map(({ value }) => value);
  const [before, after] = [half(true), half(false)];
  if (Math.min(before.length, after.length) < Math.max(1, needed)) return {};
  const [first, last] = [summarise(before), summarise(after)];
  return { trend: { first, last, direction: directionOf(first, last, unit) } };
}

/** Less than a point of percent, or a twentieth of anything else, is no change worth a word. */
export function directionOf(first: number, last: number, unit: Metric["unit"]): Trend["direction"] {
  const slack = unit === "percent" ? 1 : first * 0.05;
  if (Math.abs(last - first) <= slack) return "same";
  return last > first ? "up" : "down";
}
