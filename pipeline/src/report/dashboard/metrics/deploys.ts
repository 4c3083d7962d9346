import type { Metric } from "../dashboard.ts";
import { type DeployFact, type EnvironmentFacts, type Window, within } from "../facts.ts";
import { type Draft, makeMetric } from "../metric.ts";
import { mean, median, type Observation, sharePoints } from "../numbers.ts";
import { failedChanges, incidentsOf } from "./incidents.ts";

const neededForMedian = 5;
const neededForShare = 10;

/**
 * Deployment time: from the record's first word of a deploy or promotion (the intent) to its
 * verdict, proof and rollback included. Only those that were proven or failed.
 */
export function deploymentTime(facts: EnvironmentFacts, window: Window): Metric {
  const decided = changesIn(facts, window).filter(isDecided);
  return makeMetric({
    ...common(facts, window),
    id: "deployment-time",
    title: "Deployment time",
    definition:
      "From the intent to deploy or promote, as the record has it, to the verdict: building, starting, proving, and where it failed bringing back what served before. Rollbacks by hand do not count.",
    unit: "seconds",
    summary: "median",
    of: "deployments",
    needed: neededForMedian,
    observations: decided.flatMap(({ at, endedAt }) => lasted(at, endedAt)),
    summarise: median,
    tail: true,
  });
}

/**
 * Success of deployments: proven ÷ (proven + failed), promotions included and rollbacks not.
 * Cancelled ones do not count; those without an answer are counted apart.
 */
export function deploymentSuccess(facts: EnvironmentFacts, window: Window): Metric {
  const changes = changesIn(facts, window);
  const count = (end: DeployFact["end"]): number =>
    changes.filter((deploy) => deploy.end === end).length;
  return makeMetric({
    ...common(facts, window),
    id: "deployment-success",
    title: "Success of deployments",
    definition:
      "Deployments and promotions whose version was proven to serve, of all that were proven or failed. Cancelled ones do not count; those that ended without an answer are counted apart. A build that failed is a failure here.",
    unit: "percent",
    summary: "share",
    of: "deployments",
    needed: neededForShare,
    observations: changes
      .filter(isDecided)
      .map(({ at, end }) => ({ at, value: end === "proven" ? 100 : 0 })),
    summarise: mean,
    points: sharePoints,
    apart: [
      { why: "ended without an answer", count: count("unknown") },
      { why: "without an end in the record", count: count("under-way") },
      { why: "cancelled", count: count("cancelled") },
      { why: "never begun, since another was deploying", count: count("nothing") },
    ],
  });
}

/**
 * Change failure rate: of the deployments whose version served, those that turned out wrong: failed
 * after taking over, or proven and later taken back by `gantry rollback`.
 */
export function changeFailureRate(facts: EnvironmentFacts, window: Window): Metric {
  const wrong = new Set(failedChanges(facts.deploys));
  const served = changesIn(facts, window).filter((deploy) => deploy.served && isDecided(deploy));
  return makeMetric({
    ...common(facts, window),
    id: "change-failure-rate",
    title: "Change failure rate",
    definition:
      "Of the deployments whose version took over, those that failed after that, or were proven and later taken back with `gantry rollback`. A build that failed changed nothing and does not count. What users suffered from a version that was never rolled back is not seen here.",
    unit: "percent",
    summary: "share",
    of: "deployments that served",
    needed: neededForShare,
    observations: served.map((deploy) => ({ at: deploy.at, value: wrong.has(deploy) ? 100 : 0 })),
    summarise: mean,
    points: sharePoints,
  });
}

/**
 * Lead time for changes: from a commit (its committer's date, in git) to the proof of the first
 * deployment that brought it. Every commit that came with a deployment counts once.
 */
export function leadTime(facts: EnvironmentFacts, window: Window): Metric {
  const proven = changesIn(facts, window, ({ provenAt }) => provenAt).filter(
    ({ end }) => end === "proven",
  );
  return makeMetric({
    ...common(facts, window),
    id: "lead-time",
    title: "Lead time for changes",
    definition:
      "From the date of a commit, as its committer's clock set it, to the proof of the first deployment that brought it. Each commit that came with a deployment counts once; of the first deployment on record, only its own commit. Time before the commit, and rewritten dates, are not seen.",
    source: `${common(facts, window).source}; git's history`,
    unit: "seconds",
    summary: "median",
    of: "commits",
    needed: neededForMedian,
    observations: proven.flatMap(({ provenAt = 0, changes = [] }) =>
      changes.map((made) => ({ at: provenAt, value: (provenAt - made) / 1000 })),
    ),
    summarise: median,
    tail: true,
    apart: [
      {
        why: "deployments of commits that this clone does not have",
        count: proven.filter(({ changes }) => changes === undefined).length,
      },
    ],
  });
}

/** Time to restore: how long the incidents were that began in the window, see `incidents.ts`. */
export function timeToRestore(facts: EnvironmentFacts, window: Window): Metric {
  const incidents = incidentsOf(facts.deploys).filter(({ from }) => within(window, from));
  return makeMetric({
    ...common(facts, window),
    id: "time-to-restore",
    title: "Time to restore",
    definition:
      "From the moment at which a version took over that failed, or was later taken back, to the proof of what took its place. Failures in a row before anything is proven are one incident. Incidents without a deployment are not seen here.",
    unit: "seconds",
    summary: "median",
    of: "incidents",
    needed: 3,
    observations: incidents.flatMap(({ from, to }) => lasted(from, to)),
    summarise: median,
    apart: [{ why: "not over yet", count: incidents.filter(({ to }) => to === undefined).length }],
  });
}

type Common = Pick<Draft, "source" | "window" | "unavailable">;

export function common({ name, place, unavailable }: EnvironmentFacts, window: Window): Common {
  return { source: `the record of ${name}: ${place}`, window, unavailable };
}

/** Deployments and promotions in the window; a rollback brings nothing new. */
export function changesIn(
  { deploys }: EnvironmentFacts,
  window: Window,
  momentOf: (deploy: DeployFact) => number | undefined = ({ at }) => at,
): readonly DeployFact[] {
  return deploys.filter((deploy) => {
    const moment = momentOf(deploy);
    return deploy.kind !== "rollback" && moment !== undefined && within(window, moment);
  });
}

function isDecided({ end }: DeployFact): boolean {
  return end === "proven" || end === "failed";
}

function lasted(from: number, to: number | undefined): Observation[] {
  return to === undefined ? [] : [{ at: from, value: (to - from) / 1000 }];
}
