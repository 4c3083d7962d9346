import { type Acceptance, acceptanceOf } from "../../config/accepted.ts";
import type { Audit } from "../../plan/step.ts";
import { type Advisory, type Audited, badness, reaches } from "../../results/audit/audited.ts";
import type { Finding } from "../run.ts";

/** What people call the tools, by the form of their documents. */
export const auditTools: ReadonlyMap<string, string> = new Map([
  ["npm-audit", "npm audit"],
  ["pnpm-audit", "pnpm audit"],
  ["pip-audit", "pip-audit"],
]);

export interface Asked {
  readonly format: string;
  /** The day on which exceptions are weighed: `2027-01-31`. */
  readonly today: string;
}

/** Every advisory as a finding, the worst first; what is accepted or below the level is a warning. */
export function findingsOf({ advisories }: Audited, audit: Audit, asked: Asked): Finding[] {
  const worstFirst = advisories.toSorted((a, b) => badness(b) - badness(a));
  const findings = worstFirst.map((one) => findingOf(one, audit, asked));
  return findings.toSorted((a, b) => Number(isRed(b)) - Number(isRed(a)));
}

/** Whether a finding fails the audit. */
export function isRed({ severity }: Finding): boolean {
  return severity === "error";
}

function findingOf(
  advisory: Advisory,
  { file, accepted, level }: Audit,
  { format, today }: Asked,
): Finding {
  const { id, aliases, package: name, version, severity, title, mend } = advisory;
  const asked = { check: "audit", rules: [id, ...aliases], package: name, file };
  const acceptance = acceptanceOf(asked, accepted, today);
  const red = acceptance.state !== "accepted" && reaches(advisory, level);
  const about = severity ? `${title} (${severity})` : title;
  return {
    file,
    line: 0,
    rule: id,
    message: `${name} ${version}: ${about}${suffix(acceptance)}`,
    // Who accepts an advisory has decided.
    ...(acceptance.state !== "accepted" && { mend }),
    severity: red ? "error" : "warning",
    tool: auditTools.get(format) ?? format,
  };
}

function suffix(acceptance: Acceptance): string {
  if (acceptance.state === "open") return "";
  if (acceptance.state === "overdue") return `; ${acceptance.words}`;
  return `; accepted until ${acceptance.until}: ${acceptance.reason}`;
}
