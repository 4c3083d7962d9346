import type { OpenRelease } from "../../host/release/open.ts";
import type { ReleaseWorld } from "../../host/release/world.ts";
import { describeRelease } from "../../release/describe.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import type { Published } from "../../release/publish/published.ts";
import type { StepReport } from "../../release/publish/run-steps.ts";
import { publishedLine, stepText } from "../../release/shown/lines.ts";
import { answersJson, plansJson } from "../../release/shown/plans.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";

/** What would be released; as JSON with the metadata and the steps that publishing would take. */
export function showPlans(
  plans: readonly (ReleasePlan | NothingToRelease)[],
  { settings, branch = "main" }: OpenRelease,
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  const date = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  terminal.stdout.write(
    options.json
      ? plansJson({ plans, settings, branch, date })
      : plans.map((plan) => describeRelease(plan, options)).join("\n"),
  );
}

/** A release's world on this machine: each step is shown as soon as it is known. */
export function releaseWorld(
  options: Pick<ReleaseOptions, "quiet">,
  terminal: Terminal,
): ReleaseWorld {
  const report = (tag: string, step: StepReport): void => {
    if (!options.quiet || step.problem) terminal.stderr.write(stepText(tag, step));
  };
  return { env: terminal.env, report };
}

export function showPublished(
  published: readonly Published[],
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  terminal.stdout.write(
    options.json
      ? answersJson(published.map(({ plan, steps }) => ({ ...plan, steps })))
      : published.map((one) => `${publishedLine(one)}\n`).join(""),
  );
}
