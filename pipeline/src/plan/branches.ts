import type { Config } from "../config/config.ts";
import type { Trigger } from "./plan.ts";

/** The two branches that the stages' conditions speak of. */
export interface Branches {
  readonly main: string;
  readonly develop: string;
}

const otherNames: readonly (string | undefined)[] = ["master", "trunk"];

/**
 * `main` is what production deploys, `develop` what staging deploys. Where no production says so,
 * `master` or `trunk` may stand for it, and, without a config, whatever a pull request goes to.
 */
export function branchesOf(config: Config, trigger: Trigger): Branches {
  const branchOf = (name: string): string | undefined =>
    config.environments.find((environment) => environment.name === name)?.branch;
  const develop = branchOf("staging") ?? "develop";
  const asked = trigger.event === "pull-request" ? trigger.base : trigger.branch;
  const anyBase = config.origin === "inferred" && trigger.event === "pull-request";
  const stands = asked !== develop && (anyBase || otherNames.includes(asked));
  return { main: branchOf("production") ?? (stands && asked ? asked : "main"), develop };
}
