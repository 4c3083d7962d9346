import { join } from "node:path";
import { exitOf } from "../errors/catalogue.ts";
import { ok, type Result } from "../errors/problem.ts";
import { gatherFacts } from "../host/pull-request/facts.ts";
import { scanForSecrets } from "../host/secret-scan.ts";
import { findBetterleaks } from "../host/tools/betterleaks.ts";
import { createToolShed } from "../host/tools.ts";
import { branchesOf } from "../plan/branches.ts";
import { checkPullRequest } from "../pull-request/check-pull-request.ts";
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
  const report = await checkHere(options, terminal);
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

async function checkHere(
  options: PullRequestOptions,
  { env, cwd, stderr }: Terminal,
): Promise<Result<PullRequestReport>> {
  const project = await openProject(options, env, cwd);
  if (!project.ok) return project;
  const { config, trigger, source } = project.value;
  const base = options.base ?? trigger.base ?? "main";
  const branch = options.branch ?? trigger.branch;
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), base);
  const tools = join(gantryHome(), "tools");
  const facts = await gatherFacts({
    directory: source.root,
    title: options.title ?? trigger.pullRequest?.title,
    branch: branch === "HEAD" ? undefined : branch,
    base,
    head: options.branch === undefined ? trigger.commit : `refs/heads/${options.branch}`,
    baseCommit: trigger.baseCommit,
    today: new Date().toISOString().slice(0, 10),
    scan: async ({ root, prefix, mergeBase, head }) =>
      scanForSecrets({
        scanner: await findBetterleaks({
          folder: tools,
          machine: env,
          shed: createToolShed(tools, env),
          note: (text) => void stderr.write(`${text}\n`),
        }),
        root,
        prefix,
        range: { from: mergeBase, to: head },
        ownMarks: !rules.asked,
      }),
  });
  return ok(checkPullRequest(facts, rules));
}
