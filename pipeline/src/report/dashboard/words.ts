import { duration, listed, percent, type Words } from "../words.ts";
import type { Holds, Metric, Trend } from "./dashboard.ts";
import type { Target } from "./targets.ts";

const aDay = 24 * 3600;

/** A value with its unit: `1m 03s`, `3.5 days`, `95%`, `2.4 a day`. */
export function shownValue(value: number, unit: Metric["unit"]): string {
  if (unit === "percent") return percent(value);
  if (unit === "per-day") return `${Number(value.toFixed(value < 1 ? 2 : 1))} a day`;
  return value < 2 * aDay ? duration(value) : `${(value / aDay).toFixed(1)} days`;
}

/** The same of a round value, without the zeros that nobody says: `5m`, `10s`, `2 days`. */
export function roundValue(value: number, unit: Metric["unit"]): string {
  return shownValue(value, unit)
    .replace(/(?<=[hm]) 0+[ms]$/, "")
    .replace(/\.0(?=s$| days$)/, "");
}

/** `at most 5m`. */
export function targetWords({ bound, value }: Target, unit: Metric["unit"]): string {
  return `at ${bound === "at-most" ? "most" : "least"} ${roundValue(value, unit)}`;
}

/** What a metric says, or why it says nothing. */
export function measuredWords(metric: Metric): string {
  const { value, unit, lacks } = metric;
  if (value !== undefined) return shownValue(value, unit);
  return lacks ?? "";
}

export const holdsWords: Readonly<Record<Holds, Words>> = {
  yes: { symbol: "✓", word: "holds", colour: "green" },
  no: { symbol: "✗", word: "missed", colour: "red" },
  unknown: { symbol: "?", word: "not known", colour: "yellow" },
  "no-target": { symbol: "–", word: "no target", colour: "grey" },
};

/** The last half of the time against the first, in a sentence. */
export function trendWords({ first, last, direction }: Trend, metric: TrendOf): string {
  const [before, after] = [shownValue(first, metric.unit), shownValue(last, metric.unit)];
  if (direction === "same") return `about the same in both halves: ${before}, then ${after}`;
  const better = (direction === "down") === isBetterLow(metric);
  return `${better ? "better" : "worse"}: ${before} in the first half, ${after} in the last`;
}

export type TrendOf = Pick<Metric, "id" | "unit">;

function isBetterLow({ id, unit }: TrendOf): boolean {
  return unit === "seconds" || id === "change-failure-rate";
}

/** The whole in one sentence, of the metrics and the pyramid. */
export function summarySentence(all: readonly Holds[]): string {
  const count = (one: Holds): number => all.filter((holds) => holds === one).length;
  const [yes, no, unknown] = [count("yes"), count("no"), count("unknown")];
  const parts = [
    `${yes} of ${yes + no + unknown} targets hold`,
    no > 0 && `${no} ${no === 1 ? "is" : "are"} missed`,
    unknown > 0 && `${unknown} ${unknown === 1 ? "is" : "are"} not known`,
  ];
  return listed(parts.filter((part) => part !== false));
}

/** `2026-11-23 09:30`, in UTC. */
export function minute(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}
