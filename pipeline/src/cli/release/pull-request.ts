import { setTimeout as wait } from "node:timers/promises";
import { exitOf } from "../../errors/catalogue.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import { githubReleaseHost } from "../../github/release-host.ts";
import { newestRef } from "../../host/newest-ref.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import { pullRequestStep } from "../../release/publish/pull-request.ts";
import { runSteps } from "../../release/publish/run-steps.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { mainBranch } from "./branches.ts";
import { connectTo } from "./connect.ts";
import type { OpenRelease } from "./open.ts";
import { planComponent } from "./plan-component.ts";
import { type Published, showPlans, showPublished, showStep } from "./show.ts";

/** `gantry release --pr`: opens or refreshes the release pull request, with what is to come. */
export async function releasePullRequest(
  open: OpenRelease,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<number> {
  const result = await refresh(open, options, terminal);
  if (!result.ok) return refuse(result.problems, options, terminal);
  const problems = result.value.steps.flatMap(({ problem }): Problem[] =>
    problem ? [problem] : [],
  );
  return problems.length > 0 ? exitOf(problems) : 0;
}

async function refresh(
  open: OpenRelease,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<Result<Published>> {
  const { directory, config, settings } = open;
  const base = await mainBranch(directory, config);
  const head = settings.sync === false ? base : settings.sync;
  if (head === base) return noDevelop(base);
  const plan = await planOf(open, head, base);
  if (!plan.ok) return plan;
  const nothing = plan.value.version === null;
  if (options.dryRun || nothing) {
    showPlans([plan.value], open, options, terminal);
    return ok({ plan: plan.value, steps: [] });
  }
  const connection = connectTo(open, terminal.env);
  if (!connection.ok) return connection;
  const host = githubReleaseHost(connection.value);
  const { tag } = plan.value;
  const steps = await runSteps({
    steps: [pullRequestStep({ plan: plan.value, host, head, base })],
    pause: (seconds) => wait(seconds * 1000),
    report: (step) => showStep(tag, step, options, terminal),
  });
  const published = { plan: plan.value, steps };
  showPublished([published], options, terminal);
  return ok(published);
}

/** What merging would release: the work branch's commits, under the main branch's rules. */
async function planOf(
  open: OpenRelease,
  head: string,
  base: string,
): Promise<Result<ReleasePlan | NothingToRelease>> {
  const component = open.components.length === 1 ? open.components[0] : undefined;
  const at = open.branch === head ? "HEAD" : await newestRef(open.directory, head);
  if (at === undefined) return noDevelop(base);
  // The newcomers are thanked beforehand too; a tag on the commit itself is nothing to finish here.
  const planned = await planComponent({ ...open, branch: base }, component, { at });
  return planned.ok ? ok(planned.value.plan) : planned;
}

function noDevelop(base: string): Result<never> {
  return fail({
    code: "GANTRY-USAGE",
    message: `there is no branch that releases are gathered on before they come to \`${base}\``,
    mend: "push a `develop` branch, or name yours as `release.sync`; without one, merge to main and say `gantry release`",
  });
}
