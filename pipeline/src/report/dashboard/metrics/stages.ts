import type { Dashboard } from "../dashboard.ts";
import { enough } from "../enough.ts";
import { type RunFact, type Window, within } from "../facts.ts";
import { figuresOf, iso } from "../metric.ts";
import { median, series } from "../numbers.ts";
import { trendOf } from "../trend.ts";

const asMedian = { needed: enough.median, summarise: median };

/** How long each stage took where it ran to an end of its own, the slowest first. */
export function slowestStages(runs: readonly RunFact[], window: Window): Dashboard["stages"] {
  const all = runs
    .filter(({ at }) => within(window, at))
    .flatMap(({ at, stages }) =>
      stages
        .filter(({ outcome, reused }) => !reused && (outcome === "passed" || outcome === "failed"))
        .map(({ id, seconds }) => ({ id, at, value: seconds })),
    );
  return [...Map.groupBy(all, ({ id }) => id)]
    .map(([id, own]) => {
      const observations = own.map(({ at, value }) => ({ at, value }));
      return {
        id,
        count: own.length,
        ...figuresOf(observations, { ...asMedian, tail: true }),
        ...trendOf({ observations, window, ...asMedian, unit: "seconds" }),
        series: series(observations, median).map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
      };
    })
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.id < b.id ? -1 : 1));
}
