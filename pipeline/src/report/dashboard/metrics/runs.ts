import type { Metric } from "../dashboard.ts";
import { enough } from "../enough.ts";
import { type LeftOut, type RunFact, type Scope, within } from "../facts.ts";
import { makeMetric } from "../metric.ts";
import { mean, median, type Observation, sharePoints } from "../numbers.ts";

const source = "run.json of the runs on this machine";

/**
 * Build duration: the wall time of a run that checks all that its event calls for, from its start
 * to its verdict, without the deploy that may follow. Only runs that passed or failed: a cancelled
 * one has no duration, one in which something could not run was shorter than it should be, and one
 * in which earlier results stood for everything tells nothing.
 */
export function buildDuration(runs: readonly RunFact[], scope: Scope): Metric {
  const checks = wholeChecks(runs, scope);
  const decided = checks.filter(isDecided);
  const ended = decided.filter((run) => !stoodWhole(run));
  const observe = (run: RunFact): Observation => ({
    at: run.at,
    value: run.seconds - run.deploySeconds,
  });
  return makeMetric({
    id: "build-duration",
    title: "Build duration",
    definition:
      "Wall time of a run that checks all that its event calls for, from its start to its verdict, without the deploy that may follow. Runs that passed or failed count; cancelled and unknown ones do not, nor those in which nothing had to run since earlier results stood.",
    source,
    unit: "seconds",
    summary: "median",
    of: "runs",
    needed: enough.median,
    scope,
    observations: ended.map(observe),
    summarise: median,
    tail: true,
    parts: byEvent(ended, observe),
    apart: [
      ...undecided(checks),
      { why: "nothing had to run", count: decided.length - ended.length },
    ],
  });
}

/**
 * Success of runs: passed ÷ (passed + failed). Cancelled runs do not count, and unknown ones are
 * counted apart: they say nothing of the code.
 */
export function runSuccess(runs: readonly RunFact[], scope: Scope): Metric {
  const checks = wholeChecks(runs, scope);
  return makeMetric({
    id: "run-success",
    title: "Success of runs",
    definition:
      "Runs that passed, of all runs that passed or failed and checked all that their event calls for. Cancelled runs do not count; unknown ones, in which something could not be checked, are counted apart. A run whose deploy failed is a failed run. Runs of the same commit count each.",
    source,
    unit: "percent",
    summary: "share",
    of: "runs",
    needed: enough.share,
    scope,
    observations: checks
      .filter(isDecided)
      .map(({ at, verdict }) => ({ at, value: verdict === "passed" ? 100 : 0 })),
    summarise: mean,
    points: sharePoints,
    apart: undecided(checks),
  });
}

/** Coverage: what the newest run that measured it says, of lines and branches together. */
export function coverageMetric(runs: readonly RunFact[], scope: Scope): Metric {
  const measured = runs
    .filter(({ at, coverage }) => coverage !== undefined && within(scope, at))
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return makeMetric({
    id: "coverage",
    title: "Coverage",
    definition:
      "Lines and branches that the tests ran, of all there are, in the newest run that measured it; all components together.",
    source,
    unit: "percent",
    summary: "newest",
    of: "runs",
    needed: 1,
    scope,
    observations: measured.map(({ at, coverage = 0 }) => ({ at, value: coverage })),
    summarise: (values) => values.at(-1) ?? Number.NaN,
  });
}

/** Runs that checked all that was to be checked, in the time that is looked at. */
function wholeChecks(runs: readonly RunFact[], scope: Scope): readonly RunFact[] {
  return runs.filter(({ at, checked, whole }) => checked && whole && within(scope, at));
}

function byEvent(
  runs: readonly RunFact[],
  observe: (run: RunFact) => Observation,
): ReadonlyMap<string, readonly Observation[]> {
  const groups = [...Map.groupBy(runs, ({ event }) => event)];
  const sorted = groups.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([event, own]) => [event, own.map(observe)]));
}

/** Whether earlier results stood for everything in it. */
function stoodWhole({ stages }: RunFact): boolean {
  return stages.length > 0 && stages.every(({ reused }) => reused);
}

function isDecided({ verdict }: RunFact): boolean {
  return verdict === "passed" || verdict === "failed";
}

function undecided(runs: readonly RunFact[]): readonly LeftOut[] {
  const count = (verdict: RunFact["verdict"]): number =>
    runs.filter((run) => run.verdict === verdict).length;
  return [
    { why: "unknown: something could not be checked", count: count("unknown") },
    { why: "cancelled", count: count("cancelled") },
  ];
}
