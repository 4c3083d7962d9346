import { z } from "zod";

/** A finding that the config accepts, until the day that it says; as a plan carries it. */
export const exception = z.strictObject({
  check: z.string(),
  rule: z.string().optional(),
  package: z.string().optional(),
  file: z.string().optional(),
  line: z.int().optional(),
  reason: z.string(),
  until: z.string(),
});

export type Exception = z.infer<typeof exception>;

/** What an exception can fit: one finding may go by several names, such as an advisory and its CVE. */
export interface Acceptable {
  readonly check: string;
  readonly rules: readonly string[];
  readonly package?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

export type Acceptance =
  | { readonly state: "open" }
  | { readonly state: "accepted"; readonly reason: string; readonly until: string }
  | { readonly state: "overdue"; readonly words: string };

/** Whether the config accepts a finding on a day (`2027-01-31`). What has expired counts for nothing. */
export function acceptanceOf(
  finding: Acceptable,
  exceptions: readonly Exception[],
  today: string,
): Acceptance {
  const fitting = exceptions.filter((one) => fits(finding, one));
  const valid = fitting.find(({ until }) => until >= today);
  if (valid) return { state: "accepted", reason: valid.reason, until: valid.until };
  const expired = fitting[0];
  if (!expired) return { state: "open" };
  return { state: "overdue", words: `it was accepted until ${expired.until}, which is over` };
}

/** A file that ends with `/` stands for the folder. */
function fits(finding: Acceptable, { check, rule, file, line, ...wanted }: Exception): boolean {
  if (finding.check !== check) return false;
  if (rule !== undefined && !finding.rules.some((one) => same(one, rule))) return false;
  if (wanted.package !== undefined && !same(finding.package ?? "", wanted.package)) return false;
  if (line !== undefined && finding.line !== line) return false;
  if (file === undefined) return true;
  return file.endsWith("/") ? (finding.file ?? "").startsWith(file) : finding.file === file;
}

/** Advisories and packages are the same in any case. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The exceptions as they were written, without the keys that were left out. */
export function exceptionsOf(
  written: readonly { readonly [K in keyof Exception]: Exception[K] | undefined }[] = [],
): Exception[] {
  return written.map((one) =>
    exception.parse(
      Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
    ),
  );
}
