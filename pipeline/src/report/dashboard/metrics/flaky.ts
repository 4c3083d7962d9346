import type { Dashboard } from "../dashboard.ts";
import { type RunFact, type Window, within } from "../facts.ts";
import { iso } from "../metric.ts";

const most = 20;

/** Tests that failed and passed when run again in the same run, those of most runs first. */
export function flakyTests(runs: readonly RunFact[], window: Window): Dashboard["flaky"] {
  const tested = runs.filter(
    ({ at, stages }) => within(window, at) && stages.some(({ tests }) => tests),
  );
  const seen = new Map<string, number[]>();
  for (const { at, flaky } of tested) {
    for (const name of flaky) seen.set(name, [...(seen.get(name) ?? []), at]);
  }
  return [...seen]
    .map(([name, moments]) => ({
      name,
      runs: moments.length,
      of: tested.length,
      last: iso(moments.reduce((a, b) => Math.max(a, b))),
    }))
    .toSorted((a, b) => b.runs - a.runs || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}
