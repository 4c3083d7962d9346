import type { Result } from "../../errors/problem.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { type OpenRelease, openRelease } from "./open.ts";
import { planComponent } from "./plan-component.ts";
import { showPlans } from "./show.ts";

/** `gantry release`: plans, and unless it is only asked what would be, does it. */
export async function release(options: ReleaseOptions, terminal: Terminal): Promise<number> {
  const opened = await openRelease(options, terminal);
  if (!opened.ok) return refuse(opened.problems, options, terminal);
  if (options.pr) {
    const { releasePullRequest } = await import("./pull-request.ts");
    return releasePullRequest(opened.value, options, terminal);
  }
  if (!options.dryRun) {
    const { publish } = await import("./publish.ts");
    return publish(opened.value, options, terminal);
  }
  const plans = await planAll(opened.value);
  if (!plans.ok) return refuse(plans.problems, options, terminal);
  showPlans(plans.value, opened.value, options, terminal);
  return 0;
}

async function planAll(
  open: OpenRelease,
): Promise<Result<readonly (ReleasePlan | NothingToRelease)[]>> {
  const plans: (ReleasePlan | NothingToRelease)[] = [];
  for (const component of open.components) {
    const planned = await planComponent(open, component);
    if (!planned.ok) return planned;
    plans.push(planned.value.plan);
  }
  return { ok: true, value: plans };
}
