import { type DeployFact, type EnvironmentFacts, type Window, within } from "../facts.ts";
import type { Draft } from "../metric.ts";
import type { Observation } from "../numbers.ts";

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

/** How long something took that ended; nothing where it did not. */
export function lasted(from: number, to: number | undefined): Observation[] {
  return to === undefined ? [] : [{ at: from, value: (to - from) / 1000 }];
}
