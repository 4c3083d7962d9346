import type { Metric } from "../dashboard.ts";
import { enough } from "../enough.ts";
import { type EnvironmentFacts, type Scope, within } from "../facts.ts";
import { makeMetric } from "../metric.ts";
import { median } from "../numbers.ts";
import { changesIn, common, lasted } from "./changes.ts";
import { incidentsOf } from "./incidents.ts";

/**
 * Lead time for changes: from a commit (its committer's date, in git) to the proof of the first
 * deployment that brought it. Every commit that came with a deployment counts once.
 */
export function leadTime(facts: EnvironmentFacts, scope: Scope): Metric {
  const proven = changesIn(facts, scope, ({ provenAt }) => provenAt).filter(
    ({ end }) => end === "proven",
  );
  return makeMetric({
    ...common(facts, scope),
    id: "lead-time",
    title: "Lead time for changes",
    definition:
      "From the date of a commit, as its committer's clock set it, to the proof of the first deployment that brought it. Each commit that came with a deployment counts once; of the first deployment on record, only its own commit. Time before the commit, and rewritten dates, are not seen.",
    source: `${common(facts, scope).source}; git's history`,
    unit: "seconds",
    summary: "median",
    of: "commits",
    needed: enough.median,
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

/** Time to restore: how long the incidents were that began in the time that is looked at, see `incidents.ts`. */
export function timeToRestore(facts: EnvironmentFacts, scope: Scope): Metric {
  const incidents = incidentsOf(facts.deploys).filter(({ from }) => within(scope, from));
  return makeMetric({
    ...common(facts, scope),
    id: "time-to-restore",
    title: "Time to restore",
    definition:
      "From the moment at which a version took over that failed, or was later taken back, to the proof of what took its place. Failures in a row before anything is proven are one incident. Incidents without a deployment are not seen here.",
    unit: "seconds",
    summary: "median",
    of: "incidents",
    needed: enough.incidents,
    observations: incidents.flatMap(({ from, to }) => lasted(from, to)),
    summarise: median,
    apart: [{ why: "not over yet", count: incidents.filter(({ to }) => to === undefined).length }],
  });
}
