import { describeRelease } from "../../release/describe.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";

/** One answer as it is; several, for components, as a list. */
export function showPlans(
  plans: readonly (ReleasePlan | NothingToRelease)[],
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  const [only, ...others] = plans;
  const json = only && others.length === 0 ? only : { releases: plans };
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify(json, null, 2)}\n`
      : plans.map((plan) => describeRelease(plan, options)).join("\n"),
  );
}
