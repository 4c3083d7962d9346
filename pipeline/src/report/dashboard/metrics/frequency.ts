import type { Metric } from "../dashboard.ts";
import { enough } from "../enough.ts";
import type { EnvironmentFacts, Scope, Window } from "../facts.ts";
import { holdsOf, iso } from "../metric.ts";
import { mean } from "../numbers.ts";
import { trendOf } from "../trend.ts";
import { changesIn, common } from "./changes.ts";

const day = 24 * 3600 * 1000;
const mostBars = 40;

/**
 * Deployment frequency: proven deployments and promotions a day, over the days (of 24 hours, back
 * from now) of the window that the record knows: from its first attempt on.
 */
export function deploymentFrequency(facts: EnvironmentFacts, scope: Scope): Metric {
  const proven = changesIn(facts, scope, ({ provenAt }) => provenAt).filter(
    ({ end }) => end === "proven",
  );
  const moments = proven.map(({ provenAt = 0 }) => provenAt);
  const known = facts.deploys[0]?.at;
  const days =
    known === undefined ? [] : daysOf({ to: scope.to, from: Math.max(scope.from, known) });
  const counted = days.map(({ from, to }) => ({
    at: from,
    value: moments.filter((at) => at > from && at <= to).length,
  }));
  const values = counted.map(({ value }) => value);
  const value = values.length >= enough.days ? mean(values) : undefined;
  const target = scope.targets["deployment-frequency"];
  const lacks = facts.unavailable
    ? `not measured: ${facts.unavailable}`
    : value === undefined && lacking(days.length);
  return {
    id: "deployment-frequency",
    title: "Deployment frequency",
    definition:
      "Deployments and promotions whose version was proven to serve, a day (weekends included), since the beginning of the time that is looked at or the record's first word, whichever is later. Rollbacks do not count.",
    source: common(facts, scope).source,
    unit: "per-day",
    summary: "mean",
    of: "days on record",
    count: days.length,
    needed: enough.days,
    ...(value !== undefined && { value }),
    ...(lacks && { lacks }),
    ...(target && { target }),
    holds: holdsOf(target, value),
    ...trendOf({
      observations: counted,
      window: scope,
      needed: enough.days,
      summarise: mean,
      unit: "per-day",
    }),
    parts: [],
    apart: [],
    series: bars(counted).map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
  };
}

/** Whole days back from the end; the oldest hours that make no day are left out. */
function daysOf({ from, to }: Window): readonly Window[] {
  const count = Math.floor((to - from) / day);
  return Array.from({ length: count }, (_, index) => {
    const end = to - (count - 1 - index) * day;
    return { from: end - day, to: end };
  });
}

function lacking(days: number): string {
  return `not enough: ${days} of ${enough.days} days on record`;
}

/** A bar a day, or of several days their mean where there are many. */
function bars(days: readonly { readonly at: number; readonly value: number }[]) {
  const size = Math.ceil(days.length / mostBars) || 1;
  return Array.from({ length: Math.ceil(days.length / size) }, (_, index) => {
    const group = days.slice(index * size, (index + 1) * size);
    return {
      at: group[0]?.at ?? 0,
      value: mean(group.map(({ value }) => value)),
      count: group.length,
    };
  });
}
