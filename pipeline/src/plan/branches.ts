import type { Config } from "../config/config.ts";
import type { Trigger } from "./plan.ts";

/** The two branches that the stages' conditions speak of. */
export interface Branches {
  readonly main: string;
  readonly develop: string;
}

/**
 * `main` is what production deploys, `develop` what staging deploys. A repository without a config
 * may call its main branch otherwise: then a pull request's base, or `master`, stands for it.
 */
export function branchesOf(config: Config, trigger: Trigger): Branches {
  const branchOf = (name: string): string | undefined =>
    config.environments.find((environment) => environment.name === name)?.branch;
  const develop = branchOf("staging") ?? "develop";
  const asked = trigger.event === "pull-request" ? trigger.base : trigger.branch;
  const other = asked !== undefined && asked !== develop && config.origin === "inferred";
  const main = branchOf("production") ?? (other && isMainline(asked, trigger) ? asked : "main");
  return { main, develop };
}

function isMainline(branch: string, trigger: Trigger): boolean {
  return trigger.event === "pull-request" || branch === "master" || branch === "trunk";
}
