import type { ParsedConfig } from "../config/written.ts";
import { fits } from "./pattern.ts";

/** How dependencies are kept fresh, every default filled in. */
export interface UpdateSettings {
  /** The branch that updates go to; absent: develop where there is one, else main. */
  readonly base?: string;
  /** The branch that belongs to the updates alone. */
  readonly branch: string;
  readonly labels: readonly string[];
  readonly groups: readonly { readonly name: string; readonly patterns: readonly string[] }[];
  readonly ignore: readonly Ignored[];
  /** Patterns of packages whose ranges may be raised to the newest version. */
  readonly majors: readonly string[];
  /** The secret with a token whose requests start checks, by name. */
  readonly token: string;
  /** When the workflow runs, as cron says it. */
  readonly schedule: string;
  /** Longest search for what breaks the tests: runs of the tests, the first included. */
  readonly runs: number;
}

/** A package that stays as it is, for a time and for a reason. */
export interface Ignored {
  readonly package: string;
  readonly reason: string;
  /** The last day on which it counts. */
  readonly until?: string;
}

export const weekly = "0 9 * * 1";

/** Written form → every default filled in. */
export function updateSettings(written: ParsedConfig["dependencies"] = {}): UpdateSettings {
  const {
    base,
    branch,
    labels,
    groups = {},
    ignore = [],
    majors = [],
    token,
    schedule,
    runs,
  } = written;
  return {
    ...(base !== undefined && { base }),
    branch: branch ?? "gantry/dependencies",
    labels: labels ?? ["dependencies"],
    groups: Object.entries(groups).map(([name, patterns]) => ({ name, patterns })),
    ignore: ignore.map(({ package: name, reason, until }) => ({
      package: name,
      reason,
      ...(until !== undefined && { until }),
    })),
    majors,
    token: token ?? "GANTRY_APP_TOKEN",
    schedule: schedule ?? weekly,
    runs: runs ?? 12,
  };
}

/** The group of a package: the first that one of its patterns puts it in. */
export function groupOf({ groups }: UpdateSettings, name: string): string | undefined {
  return groups.find(({ patterns }) => patterns.some((pattern) => fits(pattern, name)))?.name;
}

/** Whether a version beyond a package's range may be taken. */
export function wantsMajor({ majors }: UpdateSettings, name: string): boolean {
  return majors.some((pattern) => fits(pattern, name));
}

/** Why a package stays as it is today, if it does. */
export function ignoredFor(
  { ignore }: UpdateSettings,
  name: string,
  today: string,
): Ignored | undefined {
  return ignore.find(
    (one) => fits(one.package, name) && (one.until === undefined || today <= one.until),
  );
}

/** What is written down as ignored, and whose day is over. */
export function expired({ ignore }: UpdateSettings, today: string): readonly Ignored[] {
  return ignore.filter(({ until }) => until !== undefined && until < today);
}
