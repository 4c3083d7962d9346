import type { Metric } from "../dashboard.ts";
import { enough } from "../enough.ts";
import { type RunFact, type Scope, type StageFact, within } from "../facts.ts";
import { makeMetric } from "../metric.ts";
import { mean, median, type Observation } from "../numbers.ts";

const source = "run.json of the runs on this machine";
const testStages: ReadonlySet<string> = new Set(["unit-tests", "integration-tests", "e2e-tests"]);

/**
 * Test time: for how long tests ran in a run, on the clock. Stages side by side count once, pauses
 * between them not at all, results that were reused neither, and so do runs without others.
 */
export function testTime(runs: readonly RunFact[], scope: Scope): Metric {
  return makeMetric({
    id: "test-time",
    title: "Test time",
    definition:
      "For how long unit, integration and end-to-end tests ran in a run, on the clock: stages side by side count once. Results that were taken from an earlier run, and stages that were cancelled, do not count.",
    source,
    unit: "seconds",
    summary: "median",
    of: "runs with tests",
    needed: enough.median,
    scope,
    observations: runs.filter(({ at }) => within(scope, at)).flatMap(testedFor),
    summarise: median,
    tail: true,
  });
}

function testedFor({ at, stages }: RunFact): Observation[] {
  const ran = stages.filter(
    ({ id, tests, reused, outcome }) =>
      testStages.has(id) && tests && !reused && outcome !== "cancelled",
  );
  return ran.length === 0 ? [] : [{ at, value: unionSeconds(ran) }];
}

/** For how long at least one of them ran. */
export function unionSeconds(stages: readonly Pick<StageFact, "startedAt" | "seconds">[]): number {
  const spans = stages
    .map(({ startedAt = 0, seconds }) => ({ from: startedAt, to: startedAt + seconds }))
    .toSorted((a, b) => a.from - b.from);
  let [total, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return total;
}

/** Success of tests: passed ÷ (passed + failed), as the mean of the runs. Skipped ones do not count. */
export function testSuccess(runs: readonly RunFact[], scope: Scope): Metric {
  const shares = runs.filter(({ at }) => within(scope, at)).flatMap(passedOf);
  return makeMetric({
    id: "test-success",
    title: "Success of tests",
    definition:
      "Tests that passed, of all that passed or failed in a run; the value is the mean of the runs. Skipped tests do not count.",
    source,
    unit: "percent",
    summary: "mean",
    of: "runs with tests",
    needed: enough.median,
    scope,
    observations: shares,
    summarise: mean,
  });
}

function passedOf({ at, stages }: RunFact): Observation[] {
  const counts = stages.flatMap(({ tests }) => (tests ? [tests] : []));
  const passed = counts.reduce((sum, one) => sum + one.passed, 0);
  const all = counts.reduce((sum, one) => sum + one.passed + one.failed, 0);
  return all === 0 ? [] : [{ at, value: (100 * passed) / all }];
}
