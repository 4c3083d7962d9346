import { setAccepted } from "./accepted.ts";
import { notAsked, type PullRequestCheck } from "./check.ts";
import { branchCheck } from "./checks/branch.ts";
import { envExampleCheck, envIgnoredCheck } from "./checks/environment.ts";
import { largeFilesCheck, requiredFilesCheck } from "./checks/files.ts";
import { conflictsCheck, markersCheck } from "./checks/merge.ts";
import { secretsCheck } from "./checks/secrets.ts";
import { titleCheck } from "./checks/title.ts";
import type { PullRequestFacts } from "./facts.ts";
import type { NotChecked, PullRequestFinding, PullRequestReport } from "./finding.ts";
import type { PullRequestRules } from "./rules.ts";

/** Every check, in the order in which people read them. All of them are asked, always. */
export const pullRequestChecks: readonly PullRequestCheck[] = [
  titleCheck,
  branchCheck,
  requiredFilesCheck,
  largeFilesCheck,
  conflictsCheck,
  markersCheck,
  envIgnoredCheck,
  envExampleCheck,
  secretsCheck,
];

/** facts + rules → everything that is wrong, and everything that could not be asked. */
export function checkPullRequest(
  facts: PullRequestFacts,
  rules: PullRequestRules,
): PullRequestReport {
  return ask(pullRequestChecks, facts, rules);
}

/** The secret scan alone, whatever else is known. */
export function checkSecrets(
  leaks: PullRequestFacts["leaks"],
  rules: PullRequestRules,
  today: string,
): PullRequestReport {
  return ask([secretsCheck], { leaks, today }, rules);
}

/** What a repository says of its variables alone: `.env` ignored, its example complete. */
export function checkEnvironment(
  facts: Pick<PullRequestFacts, "files" | "environment" | "today">,
  rules: PullRequestRules,
): PullRequestReport {
  return ask([envIgnoredCheck, envExampleCheck], facts, rules);
}

function ask<Facts extends Pick<PullRequestFacts, "today">>(
  checks: readonly PullRequestCheck<Facts>[],
  facts: Facts,
  rules: PullRequestRules,
): PullRequestReport {
  const found: PullRequestFinding[] = [];
  const notChecked: NotChecked[] = [];
  const without: string[] = [];
  for (const { name: check, run } of checks) {
    const outcome = run(facts, rules);
    if (outcome === notAsked) without.push(check);
    else if ("reason" in outcome) notChecked.push({ check, ...outcome });
    else found.push(...outcome.map((said) => ({ check, ...said })));
  }
  const { findings, accepted } = setAccepted(found, rules.accepted, facts.today);
  return {
    verdict: verdictOf(findings, notChecked),
    findings: [...findings],
    notChecked,
    notAsked: without,
    accepted: [...accepted],
  };
}

function verdictOf(
  findings: readonly PullRequestFinding[],
  notChecked: readonly NotChecked[],
): PullRequestReport["verdict"] {
  if (findings.some(({ severity }) => severity === "error")) return "failed";
  return notChecked.some(({ required }) => required) ? "unknown" : "passed";
}
