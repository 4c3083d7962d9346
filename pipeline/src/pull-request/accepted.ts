import { acceptanceOf } from "../config/accepted.ts";
import type { AcceptedFinding, PullRequestFinding } from "./finding.ts";
import type { PullRequestRules } from "./rules.ts";

export interface Sorted {
  readonly findings: readonly PullRequestFinding[];
  readonly accepted: readonly AcceptedFinding[];
}

/** Sets aside what the config accepts. An exception that has expired counts for nothing, and says so. */
export function setAccepted(
  findings: readonly PullRequestFinding[],
  exceptions: PullRequestRules["accepted"],
  today: string,
): Sorted {
  const kept: PullRequestFinding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of findings) {
    const { check, rule, file, line } = finding;
    const asked = { check, rules: rule === undefined ? [] : [rule], file, line };
    const found = acceptanceOf(asked, exceptions, today);
    if (found.state === "accepted") {
      accepted.push({ ...finding, reason: found.reason, until: found.until });
    } else if (found.state === "overdue") {
      kept.push({ ...finding, message: `${finding.message}; ${found.words}` });
    } else kept.push(finding);
  }
  return { findings: kept, accepted };
}
