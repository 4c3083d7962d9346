import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { githubReleaseHost } from "../../github/release-host.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import type { Published } from "../../release/publish/published.ts";
import { pullRequestStep } from "../../release/publish/pull-request.ts";
import { runSteps } from "../../release/publish/run-steps.ts";
import { newestRef } from "../source/newest-ref.ts";
import { connectTo } from "./connect.ts";
import type { OpenRelease } from "./open.ts";
import { planComponent } from "./plan-component.ts";
import type { ReleaseWorld } from "./world.ts";

export interface RefreshRequest {
  readonly world: ReleaseWorld;
  readonly dryRun: boolean;
}

/** What would come with it, where nothing is due or nothing is to be done; else what was done. */
export type Refreshed =
  | { readonly plans: readonly (ReleasePlan | NothingToRelease)[] }
  | { readonly published: readonly Published[] };

/** Opens or refreshes the release pull request, with what is to come. */
export async function refreshPullRequest(
  open: OpenRelease,
  { world, dryRun }: RefreshRequest,
): Promise<Result<Refreshed>> {
  const { main: base, settings } = open;
  const head = settings.sync === false ? base : settings.sync;
  if (head === base) return noDevelop(base);
  const plan = await planOf(open, head, base);
  if (!plan.ok) return plan;
  if (dryRun || plan.value.version === null) return ok({ plans: [plan.value] });
  const connection = connectTo(open, world.env);
  if (!connection.ok) return connection;
  const host = githubReleaseHost(connection.value);
  const { tag } = plan.value;
  const steps = await runSteps({
    steps: [pullRequestStep({ plan: plan.value, host, head, base })],
    pause: (seconds) => wait(seconds * 1000),
    report: (step) => world.report(tag, step),
  });
  return ok({ published: [{ plan: plan.value, steps, pull: true }] });
}

/** What merging would release: the work branch's commits, under the main branch's rules. */
async function planOf(
  open: OpenRelease,
  head: string,
  base: string,
): Promise<Result<ReleasePlan | NothingToRelease>> {
  const component = open.components.length === 1 ? open.components[0] : undefined;
  const here = open.branch === head;
  const at = here ? undefined : await newestRef(open.directory, head);
  if (!here && at === undefined) return noDevelop(base);
  // The newcomers are thanked beforehand too; a tag on the commit itself is nothing to finish here.
  const planned = await planComponent({ ...open, branch: base }, component, {
    ...(at !== undefined && { at }),
  });
  return planned.ok ? ok(planned.value.plan) : planned;
}

function noDevelop(base: string): Result<never> {
  return fail({
    code: "GANTRY-USAGE",
    message: `there is no branch that releases are gathered on before they come to \`${base}\``,
    mend: "push a `develop` branch, or name yours as `release.sync`; without one, merge to main and say `gantry release`",
  });
}
