import { exitOf } from "../../errors/catalogue.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { OpenRelease } from "../../host/release/open.ts";
import { planAll } from "../../host/release/plan-component.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import { type Published, problemsOf } from "../../release/publish/published.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { releaseWorld, showPlans, showPublished } from "./show.ts";

/** `gantry release`: plans, and unless it is only asked what would be, does it. */
export async function release(
  opened: Result<OpenRelease>,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<number> {
  if (!opened.ok) return refuse(opened.problems, options, terminal);
  const result = await work(opened.value, options, terminal);
  if (!result.ok) return refuse(result.problems, options, terminal);
  const { plans, published } = result.value;
  if (plans) showPlans(plans, opened.value, options, terminal);
  if (!published) return 0;
  showPublished(published, options, terminal);
  const problems = problemsOf(published);
  return problems.length > 0 ? exitOf(problems) : 0;
}

interface Answer {
  readonly plans?: readonly (ReleasePlan | NothingToRelease)[];
  readonly published?: readonly Published[];
}

async function work(
  open: OpenRelease,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<Result<Answer>> {
  const { dryRun = false, state, asset } = options;
  const world = releaseWorld(options, terminal);
  if (options.pr) {
    const { refreshPullRequest } = await import("../../host/release/pull-request.ts");
    return refreshPullRequest(open, { world, dryRun });
  }
  if (dryRun) {
    const plans = await planAll(open);
    return plans.ok ? ok({ plans: plans.value }) : plans;
  }
  const { publishAll } = await import("../../host/release/publish.ts");
  const files = { state, asset, cwd: terminal.cwd };
  const published = await publishAll(open, { world, files });
  return published.ok ? ok({ published: published.value }) : published;
}
