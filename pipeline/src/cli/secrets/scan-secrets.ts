import { join } from "node:path";
import { exitOf } from "../../errors/catalogue.ts";
import { scanCommits } from "../../host/secrets/scan-commits.ts";
import { findBetterleaks } from "../../host/tools/betterleaks.ts";
import { createToolShed } from "../../host/tools.ts";
import { branchesOf } from "../../plan/branches.ts";
import { checkSecrets } from "../../pull-request/check-pull-request.ts";
import type { Known, Leak } from "../../pull-request/facts.ts";
import { pullRequestRulesOf } from "../../pull-request/rules-of.ts";
import { pullRequestText } from "../../pull-request/text.ts";
import { useColor } from "../color.ts";
import { gantryHome } from "../home.ts";
import { showProblems, type Terminal } from "../main.ts";
import type { PlanOptions } from "../options.ts";
import { openProject, type Project } from "../project.ts";

export interface ScanOptions extends PlanOptions {
  readonly history?: boolean;
}

/** Looks for secrets in the branch's commits, or in all there are: the exit code is the verdict's. */
export async function scanSecrets(options: ScanOptions, terminal: Terminal): Promise<number> {
  const project = await openProject(options, terminal.env, terminal.cwd);
  if (!project.ok) {
    showProblems(project.problems, terminal, options.json ?? false);
    return exitOf(project.problems);
  }
  const { config, trigger } = project.value;
  const base = trigger.base ?? "main";
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), base);
  const leaks = await leaksIn(project.value, options, terminal);
  // Whoever asks by name wants to know, whether there is a gantry.yaml or not.
  const report = checkSecrets(leaks, { ...rules, asked: true }, today());
  const text = options.json
    ? `${JSON.stringify(report, null, 2)}\n`
    : pullRequestText(report, useColor(options, terminal), ["secrets"]);
  terminal.stdout.write(text);
  return { passed: 0, failed: 1, unknown: 3 }[report.verdict];
}

function leaksIn(
  { source, trigger, config }: Project,
  { history }: ScanOptions,
  { env, stderr }: Terminal,
): Promise<Known<readonly Leak[]>> {
  const folder = join(gantryHome(), "tools");
  const since = { base: trigger.base ?? "main", baseCommit: trigger.baseCommit };
  return scanCommits({
    directory: source.root,
    head: trigger.commit,
    ...(!history && { since }),
    ownMarks: config.origin === "inferred",
    scanner: () =>
      findBetterleaks({
        folder,
        machine: env,
        shed: createToolShed(folder, env),
        note: (text) => void stderr.write(`${text}\n`),
      }),
  });
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
