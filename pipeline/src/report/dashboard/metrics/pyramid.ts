import type { StageId } from "../../../plan/plan.ts";
import type { Holds, Pyramid } from "../dashboard.ts";
import { enough } from "../enough.ts";
import { type RunFact, type Window, within } from "../facts.ts";
import { pyramidTarget } from "../targets.ts";

type Level = Pyramid["levels"][number];
type LevelName = Level["level"];

/** After a deploy the same tests run in each environment: of these only the most count. */
const levels: Readonly<Record<LevelName, readonly (readonly StageId[])[]>> = {
  unit: [["unit-tests"]],
  integration: [["integration-tests"]],
  "end-to-end": [["e2e-tests"], ["smoke-tests"], ["deploy-staging", "deploy-production"]],
};

/**
 * The shape of the test pyramid: tests that passed or failed, by level, each stage's from the newest
 * run in which it had any. End-to-end is what asks the running application: e2e-tests, smoke-tests
 * and the tests that follow a deploy. A level that could not run is not taken for empty.
 */
export function testPyramid(runs: readonly RunFact[], window: Window): Pyramid {
  const newest = runs
    .filter(({ at }) => within(window, at))
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const counted = (Object.keys(levels) as LevelName[]).map((level) => countLevel(level, newest));
  const unknown = counted.filter(({ tests }) => tests === undefined);
  const total = counted.reduce((sum, { tests = 0 }) => sum + tests, 0);
  const lacks = lackOf(unknown, total);
  const shown = counted.map(
    (one): Level =>
      lacks === undefined ? { ...one, share: (100 * (one.tests ?? 0)) / total } : one,
  );
  return {
    holds: lacks === undefined ? holdsShape(shown) : "unknown",
    ...(lacks !== undefined && { lacks }),
    tolerance: pyramidTarget.tolerance,
    levels: shown,
  };
}

function countLevel(level: LevelName, newest: readonly RunFact[]): Level {
  const groups = levels[level].map((stages) => stages.flatMap((id) => newestOf(id, newest)));
  const most = groups.flatMap((found) => found.toSorted((a, b) => b.tests - a.tests).slice(0, 1));
  const couldNot = newest.some(({ stages }) =>
    stages.some(
      ({ id, outcome }) =>
        levels[level].flat().includes(id) && (outcome === "not-checked" || outcome === "error"),
    ),
  );
  const known = most.length > 0 || !couldNot;
  return {
    level,
    stages: most,
    ...(known && { tests: most.reduce((sum, { tests }) => sum + tests, 0) }),
    target: pyramidTarget[level],
  };
}

function newestOf(id: StageId, newest: readonly RunFact[]): Level["stages"] {
  for (const run of newest) {
    const { tests } = run.stages.find((stage) => stage.id === id) ?? {};
    const count = tests ? tests.passed + tests.failed : 0;
    if (count > 0) return [{ id, tests: count, run: run.id }];
  }
  return [];
}

function lackOf(unknown: readonly Level[], total: number): string | undefined {
  if (total === 0) return "not enough: no tests ran";
  if (unknown.length > 0) {
    return `not known: ${unknown.map(({ level }) => level).join(" and ")} tests could not run`;
  }
  return total < enough.tests ? `not enough: ${total} of ${enough.tests} tests` : undefined;
}

function holdsShape(shown: readonly Level[]): Holds {
  const near = shown.every(
    ({ share = 0, target }) => Math.abs(share - target) <= pyramidTarget.tolerance + 1e-9,
  );
  return near ? "yes" : "no";
}
