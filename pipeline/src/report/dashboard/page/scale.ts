import type { Metric } from "../dashboard.ts";

/** Where things stand in a chart, in its own units. */
export const frame = {
  width: 340,
  height: 132,
  left: 52,
  right: 334,
  top: 8,
  bottom: 112,
} as const;

export interface Axis {
  readonly top: number;
  /** Values that are named beside it. */
  readonly marks: readonly number[];
}

/** From zero to a round number above all values, and above the target unless that is far away. */
export function axisOf(
  values: readonly number[],
  unit: Metric["unit"],
  target: number | undefined,
): Axis {
  if (unit === "percent") return { top: 100, marks: [0, 50, 100] };
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const near = target !== undefined && target <= most * 4 ? target : 0;
  const top = roundUp(Math.max(most, near), unit);
  return { top, marks: [0, top / 2, top] };
}

const roundSeconds = [
  1, 2, 4, 10, 20, 30, 60, 120, 240, 360, 600, 1200, 1800, 3600, 7200, 14400, 28800, 43200, 86400,
  172800,
];

function roundUp(value: number, unit: Metric["unit"]): number {
  if (unit === "seconds") {
    const found = roundSeconds.find((one) => one >= value);
    if (found !== undefined) return found;
    return nice(value / 86400) * 86400;
  }
  return nice(value);
}

/** 1, 2, 4 or 10 times a power of ten. */
function nice(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 10].find((one) => one * power >= value) ?? 10);
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A line's points stand at their time; bars stand side by side. */
export function placePoints(
  series: Metric["series"],
  most: number,
  kind: "line" | "bars",
): readonly Spot[] {
  const [first, last] = [time(series[0]), time(series.at(-1))];
  const span = frame.right - frame.left - 12;
  return series.map((point, index) => {
    const part =
      kind === "bars"
        ? (index + 0.5) / series.length
        : last > first
          ? (time(point) - first) / (last - first)
          : 0.5;
    const y = frame.bottom - (point.value / most) * (frame.bottom - frame.top);
    return { x: round(frame.left + 6 + part * span), y: round(y) };
  });
}

function time(point: Metric["series"][number] | undefined): number {
  return point ? Date.parse(point.at) : 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
