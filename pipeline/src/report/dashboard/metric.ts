import type { Holds, Metric } from "./dashboard.ts";
import { enough } from "./enough.ts";
import type { LeftOut, Scope } from "./facts.ts";
import { type Observation, p95, series } from "./numbers.ts";
import { meets, type Target } from "./targets.ts";
import { trendOf } from "./trend.ts";

/** A metric before it is calculated: what it means, and what was observed. */
export interface Draft
  extends Pick<Metric, "id" | "title" | "definition" | "source" | "unit" | "summary" | "of"> {
  readonly needed: number;
  readonly scope: Scope;
  readonly observations: readonly Observation[];
  /** One value for several. */
  readonly summarise: (values: readonly number[]) => number;
  /** At most so many in its picture. */
  readonly points?: number;
  /** Whether the slowest are worth a word. */
  readonly tail?: boolean;
  readonly parts?: ReadonlyMap<string, readonly Observation[]>;
  readonly apart?: readonly LeftOut[];
  /** Why nothing could be observed. */
  readonly unavailable?: string | undefined;
}

/** Calculates a metric. Of fewer observations than it needs it has no value. */
export function makeMetric(draft: Draft): Metric {
  const { needed, scope, summarise, tail = false, unavailable } = draft;
  const { kept, impossible } = sound(draft.observations);
  const figures = figuresOf(kept, { needed, summarise, tail });
  const target = scope.targets[draft.id];
  const lacks = unavailable
    ? `not measured: ${unavailable}`
    : figures.value === undefined
      ? tooFew(draft, kept.length)
      : "";
  return {
    ...meaningOf(draft),
    count: kept.length,
    needed,
    ...figures,
    ...(lacks && { lacks }),
    ...(target && { target }),
    holds: holdsOf(target, figures.value),
    ...trendOf({ observations: kept, window: scope, needed, summarise, unit: draft.unit }),
    parts: [...(draft.parts ?? [])].map(([name, observations]) => {
      const own = sound(observations).kept;
      return { name, count: own.length, ...figuresOf(own, { needed, summarise, tail }) };
    }),
    apart: [
      ...(draft.apart ?? []),
      { why: "ended before it began: clocks that disagree", count: impossible },
    ].filter(({ count }) => count > 0),
    series: series(kept, summarise, draft.points).map(({ at, ...rest }) => ({
      at: iso(at),
      ...rest,
    })),
  };
}

function meaningOf({ id, title, definition, source, unit, summary, of }: Draft) {
  return { id, title, definition, source, unit, summary, of };
}

/** Nothing takes less than no time: such a number says that two clocks disagree. */
function sound(observations: readonly Observation[]): {
  readonly kept: readonly Observation[];
  readonly impossible: number;
} {
  const kept = observations.filter(({ value }) => Number.isFinite(value) && value >= 0);
  return { kept, impossible: observations.length - kept.length };
}

/** The value, and what the slowest take, where there is enough for them. */
export function figuresOf(
  observations: readonly Observation[],
  { needed, summarise, tail }: Required<Pick<Draft, "needed" | "summarise" | "tail">>,
): Pick<Metric, "value" | "p95"> {
  const values = observations.map(({ value }) => value);
  return {
    ...(values.length >= needed && { value: summarise(values) }),
    ...(tail && values.length >= enough.tail && { p95: p95(values) }),
  };
}

function tooFew({ of, needed }: Draft, count: number): string {
  return `not enough: ${count} of ${needed} ${of}`;
}

export function holdsOf(target: Target | undefined, value: number | undefined): Holds {
  if (!target) return "no-target";
  if (value === undefined) return "unknown";
  return meets(value, target) ? "yes" : "no";
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
