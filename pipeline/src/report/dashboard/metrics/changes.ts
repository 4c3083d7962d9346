import { type DeployFact, type EnvironmentFacts, type Scope, within } from "../facts.ts";
import type { Draft } from "../metric.ts";
import type { Observation } from "../numbers.ts";

type Common = Pick<Draft, "source" | "scope" | "unavailable">;

export function common({ name, place, unavailable }: EnvironmentFacts, scope: Scope): Common {
  return { source: `the record of ${name}: ${place}`, scope, unavailable };
}

/** Deployments and promotions in the time that is looked at; a rollback brings nothing new. */
export function changesIn(
  { deploys }: EnvironmentFacts,
  scope: Scope,
  momentOf: (deploy: DeployFact) => number | undefined = ({ at }) => at,
): readonly DeployFact[] {
  return deploys.filter((deploy) => {
    const moment = momentOf(deploy);
    return deploy.kind !== "rollback" && moment !== undefined && within(scope, moment);
  });
}

/** How long something took that ended; nothing where it did not. */
export function lasted(from: number, to: number | undefined): Observation[] {
  return to === undefined ? [] : [{ at: from, value: (to - from) / 1000 }];
}
