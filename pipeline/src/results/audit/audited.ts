import { severities } from "../../config/written/security.ts";

export type Severity = (typeof severities)[number];

/** What a database of vulnerabilities was asked, and what it said. */
export interface Audited {
  /** How many packages it was asked about. */
  readonly asked: number;
  /** Each once, however many packages lead to it. */
  readonly advisories: readonly Advisory[];
  /** Packages that it was not asked about, with the tool's reason. */
  readonly notAsked: readonly { readonly package: string; readonly reason: string }[];
}

export interface Advisory {
  readonly id: string;
  /** Its names elsewhere: a CVE, a GHSA. */
  readonly aliases: readonly string[];
  readonly package: string;
  /** The version that is locked, or the range that is struck. */
  readonly version: string;
  /** None: the database knows none. */
  readonly severity?: Severity;
  readonly title: string;
  readonly mend: string;
}

type Graded = Pick<Advisory, "severity">;

/** Whether an advisory is at least as bad as a level. */
export function reaches(advisory: Graded, level: Severity): boolean {
  return badness(advisory) >= badness({ severity: level });
}

/** A number that grows with the severity; an advisory without one could be anything. */
export function badness({ severity }: Graded): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}
