import { acceptanceOf } from "../../config/accepted.ts";
import type { Audit, ExecStep } from "../../plan/step.ts";
import { plural } from "../../report/words.ts";
import type { Audited } from "../../results/audit/audited.ts";
import type { ReadReports } from "../reports.ts";
import type { Finding, StepRun } from "../run.ts";
import { auditTools, findingsOf, isRed } from "./findings.ts";

/** What an audit's step comes to. */
export interface AuditEnd extends Pick<StepRun, "outcome" | "explanation"> {
  readonly findings: readonly Finding[];
  /** What it passed without. */
  readonly notChecked: readonly string[];
  /** How many packages were asked about. */
  readonly packages?: number;
}

export interface AuditEvidence extends Pick<ReadReports, "audited" | "problems"> {
  readonly exit: number;
  /** Whether it was ended for taking too long. */
  readonly late: boolean;
  /** The day on which exceptions are weighed: `2027-01-31`. */
  readonly today: string;
}

/**
 * Weighs what a database of vulnerabilities said. Only a document that names packages that were
 * asked about can pass: an exit code of 0 never does by itself.
 */
export function weighAudit(
  step: ExecStep & { readonly audit: Audit },
  { exit, late, today, audited, problems }: AuditEvidence,
): AuditEnd {
  const { audit } = step;
  if (late) return unasked(audit, tooLate(step.timeoutSeconds));
  const asks = step.leaves.find(({ format }) => auditTools.has(format));
  if (!asks) return exit === 0 ? passed : unasked(audit, preparation(exit));
  if (!audited) {
    const why = problems[0] ?? `the ${asks.format} report is missing`;
    return unasked(audit, { message: why, mend: mendAsking });
  }
  const findings = findingsOf(audited, audit, { format: asks.format, today });
  const red = findings.filter(isRed);
  const missed = missedOf(audited, audit, today);
  const end = { findings, packages: audited.asked };
  if (red.length > 0) {
    const explanation = {
      message: `${plural(red.length, "known vulnerability", "known vulnerabilities")} in what \`${audit.file}\` names`,
      mend: "update what is named, or accept an advisory for a time under `accepted`",
    };
    return { ...passed, ...end, outcome: "failed", explanation, notChecked: missed };
  }
  const lack = lackIn(audited, missed, exit);
  if (lack) return { ...unasked(audit, lack), ...end };
  return { ...passed, ...end, ...(audit.without && { notChecked: [withoutWords(audit)] }) };
}

function withoutWords({ file, without }: Audit): string {
  return `${file}: ${without}`;
}

const passed: AuditEnd = { outcome: "passed", findings: [], notChecked: [] };

/** What an audit comes to that cannot be run at all; nothing where it can. */
export function lackingAudit(audit: Audit): AuditEnd | undefined {
  if (audit.lacks === undefined) return undefined;
  return unasked(audit, {
    message: audit.lacks,
    mend: "ask by a check of your own under `quality`, and write `security: { audit: { required: false } }`",
  });
}

type Why = { readonly message: string; readonly mend: string };

/** Nobody knows: that is green only where the config says that it may be, and then it is named. */
function unasked({ required, file }: Audit, explanation: Why): AuditEnd {
  if (required) return { ...passed, outcome: "not-checked", explanation };
  return { ...passed, notChecked: [`${file}: ${explanation.message}`] };
}

const mendAsking =
  "let this machine reach the database (its log says what it asked), or write `security: { audit: { required: false } }`";

function tooLate(seconds: number): Why {
  return { message: `no answer within ${seconds} s`, mend: mendAsking };
}

function preparation(exit: number): Why {
  return {
    message: `the packages could not be named (exit ${exit}), so nobody was asked about them`,
    mend: "its log says what is missing; a lock file needs no network here",
  };
}

/** Why an answer without a red advisory is no pass all the same. */
function lackIn(audited: Audited, missed: readonly string[], exit: number): Why | undefined {
  if (audited.asked === 0) {
    const all = missed.length > 0 ? ` of ${missed.length} that there are: ${missed[0]}` : "";
    return { message: `not one package was asked about${all}`, mend: mendAsking };
  }
  if (missed.length > 0) return { message: missedWords(audited, missed), mend: mendMissed };
  return exit !== 0 && audited.advisories.length === 0
    ? { message: `it ended with ${exit} and names no reason`, mend: mendAsking }
    : undefined;
}

function missedWords({ asked, notAsked }: Audited, missed: readonly string[]): string {
  const all = plural(asked + notAsked.length, "package", "packages");
  const more = missed.length > 3 ? "; …" : "";
  return `${missed.length} of ${all} not asked about: ${missed.slice(0, 3).join("; ")}${more}`;
}

const mendMissed =
  "a package that no database knows is accepted by its name: `{ check: audit, rule: not-asked, package: NAME, … }`";

/** Packages that the database does not know, but for those that the config accepts. */
function missedOf({ notAsked }: Audited, { accepted, file }: Audit, today: string): string[] {
  return notAsked.flatMap(({ package: name, reason }) => {
    const asked = { check: "audit", rules: ["not-asked"], package: name, file };
    const { state } = acceptanceOf(asked, accepted, today);
    return state === "accepted" ? [] : [`${name} (${reason})`];
  });
}
