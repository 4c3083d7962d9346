import type { Metric } from "../dashboard.ts";
import { enough } from "../enough.ts";
import type { DeployFact, EnvironmentFacts, Scope } from "../facts.ts";
import { makeMetric } from "../metric.ts";
import { mean, median, sharePoints } from "../numbers.ts";
import { changesIn, common, lasted } from "./changes.ts";
import { failedChanges } from "./incidents.ts";

/**
 * Deployment time: from the record's first word of a deploy or promotion (the intent) to its
 * verdict, proof and rollback included. Only those that were proven or failed.
 */
export function deploymentTime(facts: EnvironmentFacts, scope: Scope): Metric {
  const decided = changesIn(facts, scope).filter(isDecided);
  return makeMetric({
    ...common(facts, scope),
    id: "deployment-time",
    title: "Deployment time",
    definition:
      "From the intent to deploy or promote, as the record has it, to the verdict: building, starting, proving, and where it failed bringing back what served before. Rollbacks by hand do not count.",
    unit: "seconds",
    summary: "median",
    of: "deployments",
    needed: enough.median,
    observations: decided.flatMap(({ at, endedAt }) => lasted(at, endedAt)),
    summarise: median,
    tail: true,
  });
}

/**
 * Success of deployments: proven ÷ (proven + failed), promotions included and rollbacks not.
 * Cancelled ones do not count; those without an answer are counted apart.
 */
export function deploymentSuccess(facts: EnvironmentFacts, scope: Scope): Metric {
  const changes = changesIn(facts, scope);
  const count = (end: DeployFact["end"]): number =>
    changes.filter((deploy) => deploy.end === end).length;
  return makeMetric({
    ...common(facts, scope),
    id: "deployment-success",
    title: "Success of deployments",
    definition:
      "Deployments and promotions whose version was proven to serve, of all that were proven or failed. Cancelled ones do not count; those that ended without an answer are counted apart. A build that failed is a failure here.",
    unit: "percent",
    summary: "share",
    of: "deployments",
    needed: enough.share,
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
export function changeFailureRate(facts: EnvironmentFacts, scope: Scope): Metric {
  const wrong = new Set(failedChanges(facts.deploys));
  const served = changesIn(facts, scope).filter((deploy) => deploy.served && isDecided(deploy));
  return makeMetric({
    ...common(facts, scope),
    id: "change-failure-rate",
    title: "Change failure rate",
    definition:
      "Of the deployments whose version took over, those that failed after that, or were proven and later taken back with `gantry rollback`. A build that failed changed nothing and does not count. What users suffered from a version that was never rolled back is not seen here.",
    unit: "percent",
    summary: "share",
    of: "served versions",
    needed: enough.share,
    observations: served.map((deploy) => ({ at: deploy.at, value: wrong.has(deploy) ? 100 : 0 })),
    summarise: mean,
    points: sharePoints,
  });
}

function isDecided({ end }: DeployFact): boolean {
  return end === "proven" || end === "failed";
}
