import { isRed } from "../../execute/verdict.ts";
import { gantryVersion } from "../../plan/version.ts";
import { type Dashboard, dashboardVersion } from "./dashboard.ts";
import { type EnvironmentFacts, type Facts, type RunFact, type Window, within } from "./facts.ts";
import { iso } from "./metric.ts";
import { changeFailureRate, deploymentSuccess, deploymentTime } from "./metrics/deploys.ts";
import { flakyTests } from "./metrics/flaky.ts";
import { leadTime, timeToRestore } from "./metrics/flow.ts";
import { deploymentFrequency } from "./metrics/frequency.ts";
import { testPyramid } from "./metrics/pyramid.ts";
import { buildDuration, coverageMetric, runSuccess } from "./metrics/runs.ts";
import { slowestStages } from "./metrics/stages.ts";
import { testSuccess, testTime } from "./metrics/tests.ts";

const ofRuns = [buildDuration, testTime, runSuccess, testSuccess, coverageMetric];
const ofDeploys = [
  deploymentTime,
  deploymentSuccess,
  deploymentFrequency,
  leadTime,
  changeFailureRate,
  timeToRestore,
];

const mostRuns = 100;

/** Everything that the dashboard shows, from what was read; in whatever order that came. */
export function makeDashboard(facts: Facts): Dashboard {
  const { name, scope, runs, environments, measured } = facts;
  const own = environments.find((one) => one.name === measured) ?? noEnvironment;
  return {
    version: dashboardVersion,
    gantry: gantryVersion,
    name,
    from: iso(scope.from),
    to: iso(scope.to),
    ...(measured !== undefined && { environment: measured }),
    metrics: [
      ...ofRuns.map((calculate) => calculate(runs, scope)),
      ...ofDeploys.map((calculate) => calculate(inOrder(own), scope)),
    ],
    pyramid: testPyramid(runs, scope),
    flaky: flakyTests(runs, scope),
    stages: slowestStages(runs, scope),
    environments: environments.map((one) => shownEnvironment(one, scope)),
    runs: newestRuns(runs, scope).map(shownRun),
    read: {
      place: facts.runsPlace,
      runs: runs.filter(({ at }) => within(scope, at)).length,
      leftOut: [...facts.runsLeftOut],
    },
  };
}

const noEnvironment: EnvironmentFacts = {
  name: "no environment",
  provider: "",
  place: "gantry.yaml names none",
  deploys: [],
  unavailable: "gantry.yaml names no environment",
  cut: false,
  breaks: 0,
};

function inOrder(facts: EnvironmentFacts): EnvironmentFacts {
  return { ...facts, deploys: facts.deploys.toSorted((a, b) => a.fence - b.fence) };
}

function shownEnvironment(
  { name, provider, place, unavailable, deploys, cut, breaks }: EnvironmentFacts,
  window: Window,
): Dashboard["environments"][number] {
  const seen = deploys.filter(({ at }) => within(window, at));
  const proven = deploys.flatMap(({ provenAt }) => provenAt ?? []);
  return {
    name,
    provider,
    place,
    ...(unavailable !== undefined && { unavailable }),
    attempts: seen.length,
    proven: seen.filter(({ end }) => end === "proven").length,
    failed: seen.filter(({ end }) => end === "failed").length,
    ...(proven.length > 0 && { lastProven: iso(proven.reduce((a, b) => Math.max(a, b))) }),
    cut,
    breaks,
  };
}

/** The newest runs, which a page can show. */
export function newestRuns(runs: readonly RunFact[], window: Window): readonly RunFact[] {
  return runs
    .filter(({ at }) => within(window, at))
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, mostRuns);
}

function shownRun(run: RunFact): Dashboard["runs"][number] {
  const { id, at, verdict, event, branch, commit, seconds, stages, report } = run;
  const red = stages.flatMap(({ id: stage, outcome }) =>
    isRed(outcome) ? [{ id: stage, outcome }] : [],
  );
  const shown = { id, at: iso(at), verdict, event, branch, commit, seconds, red };
  return report === undefined ? shown : { ...shown, report };
}
