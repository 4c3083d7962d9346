import { type TestCase, testName } from "./tally.ts";

/**
 * pytest writes a test once for every time it ran (pytest-rerunfailures), and twice where both the
 * test and its tear-down failed. One test counts once; run again and green at last is flaky.
 */
export function mergeReruns(cases: readonly TestCase[]): TestCase[] {
  const groups = Map.groupBy(cases, (test) => test.identity ?? testName(test));
  return [...groups.values()].map(merge);
}

function merge(group: readonly TestCase[]): TestCase {
  const last = group.at(-1) as TestCase;
  if (group.length === 1) return last;
  const failed = group.find((test) => test.outcome === "failed");
  const seconds = group.reduce((sum, test) => sum + test.seconds, 0);
  return failed ? { ...failed, seconds } : { ...last, seconds, flaky: last.outcome === "passed" };
}
