import { parseCobertura } from "../results/cobertura.ts";
import { parseJest } from "../results/jest.ts";
import { parseJunit } from "../results/junit.ts";
import type { CollectedReport } from "./executor.ts";
import type { Coverage, Tests } from "./run.ts";

/** What a step's reports say, put together. */
export interface ReadReports {
  readonly tests?: Tests;
  readonly coverage?: Coverage;
  /** Why a report that was promised could not be read. */
  readonly problems: readonly string[];
  /** The coverage that the command itself asked for, where its output says so. */
  readonly ownLimit?: number;
}

export interface ReadOptions {
  readonly minimum?: number;
  readonly files: readonly string[];
}

/** Reads every report that a step left. */
export function readReports(
  collected: readonly CollectedReport[],
  { minimum, files }: ReadOptions,
): ReadReports {
  const problems: string[] = [];
  let tests: Tests | undefined;
  let coverage: Coverage | undefined;
  for (const { report, text, problem } of collected) {
    if (report.format === "folder" || report.format === "file") continue;
    if (text === undefined) {
      problems.push(`the ${report.format} report ${problem ?? "is missing"}`);
      continue;
    }
    const read =
      report.format === "cobertura"
        ? parseCobertura(text, { ...(minimum !== undefined && { minimum }), files })
        : report.format === "jest"
          ? parseJest(text)
          : parseJunit(text);
    if (!read.ok) problems.push(`the ${report.format} report is unreadable: ${read.reason}`);
    else if ("percent" in read.value) coverage = read.value;
    else tests = read.value;
  }
  return { ...(tests && { tests }), ...(coverage && { coverage }), problems };
}

/** pytest-cov says in words when the limit that the command or its settings ask for is missed. */
export function ownLimitIn(output: string): number | undefined {
  const found = /Required test coverage of (\d+(?:\.\d+)?)% not reached/.exec(output)?.[1];
  return found === undefined ? undefined : Number(found);
}
