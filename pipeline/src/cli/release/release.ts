import { exitOf } from "../../errors/catalogue.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { type OpenRelease, openRelease } from "../../host/release/open.ts";
import { planAll } from "../../host/release/plan-component.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import { type Published, problemsOf } from "../../release/publish/published.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import { readConfig } from "../config-file.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { releaseWorld, showPlans, showPublished } from "./show.ts";

/** `gantry release`: plans, and unless it is only asked what would be, does it. */
export async function release(options: ReleaseOptions, terminal: Terminal): Promise<number> {
  const opened = await openHere(options, terminal);
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

/** The repository that a person is in, as its files and this machine's variables describe it. */
export async function openHere(
  options: ReleaseOptions,
  { env, cwd }: Terminal,
): Promise<Result<OpenRelease>> {
  const directory = await rootFolder(options.C, cwd);
  const written = await readConfig(directory, options.config, cwd);
  if (!written.ok) return written;
  const { branch, component } = options;
  return openRelease({ directory, written: written.value, env, branch, component });
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
