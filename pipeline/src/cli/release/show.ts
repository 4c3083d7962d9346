import { describeProblem } from "../../errors/problem.ts";
import { describeRelease } from "../../release/describe.ts";
import { metadataNames, metadataOf } from "../../release/metadata.ts";
import type { NothingToRelease, ReleasePlan } from "../../release/plan.ts";
import { effectsOf } from "../../release/publish/effects.ts";
import type { StepReport } from "../../release/publish/run-steps.ts";
import { visibleLine } from "../../report/visible.ts";
import type { ReleaseOptions } from "../commands/release.ts";
import type { Terminal } from "../main.ts";
import type { OpenRelease } from "./open.ts";

export interface Published {
  readonly plan: ReleasePlan | NothingToRelease;
  readonly steps: readonly StepReport[];
}

/** What would be released; as JSON with the metadata and the steps that publishing would take. */
export function showPlans(
  plans: readonly (ReleasePlan | NothingToRelease)[],
  open: OpenRelease,
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  const date = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const whole = (plan: ReleasePlan | NothingToRelease): object => {
    if (plan.version === null) return plan;
    const assets = Object.values(metadataNames);
    const { changelog, sync } = open.settings;
    const branch = open.branch ?? "main";
    const steps = effectsOf({ plan, assets, branch, day: date.slice(0, 10), changelog, sync });
    return { ...plan, metadata: metadataOf(plan, date), steps };
  };
  terminal.stdout.write(
    options.json
      ? json(plans.map(whole))
      : plans.map((plan) => describeRelease(plan, options)).join("\n"),
  );
}

/** One answer as it is; several, for components, as a list. */
function json(answers: readonly object[]): string {
  const [only, ...others] = answers;
  const document = only && others.length === 0 ? only : { releases: answers };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const symbols: Readonly<Record<StepReport["outcome"], string>> = {
  made: "✓",
  there: "=",
  warned: "!",
  blocked: "✗",
  failed: "✗",
  waiting: "·",
};

/** One line for a step as soon as it is known; `=` is what was done before. */
export function showStep(
  tag: string,
  { id, title, outcome, note, problem }: StepReport,
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  if (options.quiet && !problem) return;
  const more = note ?? (outcome === "waiting" ? "waits for what is not done" : undefined);
  const line = `${symbols[outcome]} ${tag}  ${id}: ${title}${more ? ` (${visibleLine(more)})` : ""}`;
  terminal.stderr.write(`${line}\n${problem ? `${describeProblem(problem)}\n` : ""}`);
}

export function showPublished(
  published: readonly Published[],
  options: ReleaseOptions,
  terminal: Terminal,
): void {
  if (options.json) {
    terminal.stdout.write(json(published.map(({ plan, steps }) => ({ ...plan, steps }))));
    return;
  }
  const text = published.map(({ plan, steps }) => {
    if (plan.version === null) return `nothing to release: ${plan.reason}\n`;
    const open = steps.filter(({ problem }) => problem);
    return open.length === 0
      ? `${plan.tag} is released\n`
      : `${plan.tag} is not finished: ${open.map(({ title }) => title).join(", ")}\n`;
  });
  terminal.stdout.write(text.join(""));
}
