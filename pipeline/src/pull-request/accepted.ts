import type { AcceptedFinding, PullRequestFinding } from "./finding.ts";
import type { PullRequestRules } from "./rules.ts";

type Exception = PullRequestRules["accepted"][number];

export interface Sorted {
  readonly findings: readonly PullRequestFinding[];
  readonly accepted: readonly AcceptedFinding[];
}

/** Sets aside what the config accepts. An exception that has expired counts for nothing, and says so. */
export function setAccepted(
  findings: readonly PullRequestFinding[],
  exceptions: readonly Exception[],
  today: string,
): Sorted {
  const kept: PullRequestFinding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of findings) {
    const fitting = exceptions.filter((exception) => fits(finding, exception));
    const valid = fitting.find(({ until }) => until >= today);
    const expired = fitting[0];
    if (valid) accepted.push({ ...finding, reason: valid.reason, until: valid.until });
    else if (expired) kept.push({ ...finding, message: `${finding.message}; ${overdue(expired)}` });
    else kept.push(finding);
  }
  return { findings: kept, accepted };
}

/** A file that ends with `/` stands for the folder. */
function fits(finding: PullRequestFinding, { check, rule, file, line }: Exception): boolean {
  if (finding.check !== check) return false;
  if (rule !== undefined && finding.rule !== rule) return false;
  if (line !== undefined && finding.line !== line) return false;
  if (file === undefined) return true;
  return file.endsWith("/") ? (finding.file ?? "").startsWith(file) : finding.file === file;
}

function overdue({ until }: Exception): string {
  return `it was accepted until ${until}, which is over`;
}
