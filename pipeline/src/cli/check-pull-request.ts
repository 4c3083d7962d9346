import { join } from "node:path";
import { exitOf } from "../errors/catalogue.ts";
import { ok, type Result } from "../errors/problem.ts";
import { findBetterleaks } from "../host/tools/betterleaks.ts";
import { createToolShed } from "../host/tools.ts";
import { branchesOf } from "../plan/branches.ts";
import type { Trigger } from "../plan/plan.ts";
import { checkHere } from "../procedures/pr-checks.ts";
import type { PullRequestReport } from "../pull-request/finding.ts";
import { pullRequestRulesOf } from "../pull-request/rules-of.ts";
import { pullRequestText } from "../pull-request/text.ts";
import { useColor } from "./color.ts";
import { gantryHome } from "./home.ts";
import { showProblems, type Terminal } from "./main.ts";
import type { PlanOptions } from "./options.ts";
import { openProject } from "./project.ts";

export interface PullRequestOptions extends PlanOptions {
  readonly title?: string;
}

/** Checks a pull request by its own word, without a run: the exit code is the verdict's. */
export async function runPullRequestChecks(
  options: PullRequestOptions,
  terminal: Terminal,
): Promise<number> {
  const report = await checkProject(options, terminal);
  if (!report.ok) {
    showProblems(report.problems, terminal, options.json ?? false);
    return exitOf(report.problems);
  }
  const text = options.json
    ? `${JSON.stringify(report.value, null, 2)}\n`
    : pullRequestText(report.value, useColor(options, terminal));
  terminal.stdout.write(text);
  return { passed: 0, failed: 1, unknown: 3 }[report.value.verdict];
}

async function checkProject(
  options: PullRequestOptions,
  { env, cwd, stderr }: Terminal,
): Promise<Result<PullRequestReport>> {
  const project = await openProject(options, env, cwd);
  if (!project.ok) return project;
  const { config, trigger, source } = project.value;
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), trigger.base ?? "main");
  const folder = join(gantryHome(), "tools");
  const report = await checkHere(
    {
      trigger: saidByHand(trigger, options),
      directory: source.root,
      today: new Date().toISOString().slice(0, 10),
      signal: new AbortController().signal,
      output: async () => undefined,
      tool: () =>
        findBetterleaks({
          folder,
          machine: env,
          shed: createToolShed(folder, env),
          note: (text) => void stderr.write(`${text}\n`),
        }),
    },
    rules,
  );
  return ok(report);
}

/** What was said by hand wins over the event. A branch that is here is checked as it stands here. */
function saidByHand(trigger: Trigger, { title, branch, base }: PullRequestOptions): Trigger {
  return {
    ...trigger,
    ...(branch !== undefined && { branch, commit: `refs/heads/${branch}` }),
    ...(base !== undefined && { base }),
    ...(title !== undefined && { pullRequest: { number: 0, ...trigger.pullRequest, title } }),
  };
}
