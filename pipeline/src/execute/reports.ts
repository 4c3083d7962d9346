import { parseCobertura } from "../results/cobertura.ts";
import { parseJest } from "../results/jest.ts";
import { parseJunit } from "../results/junit.ts";
import { type Parsed, unreadable } from "../results/parsed.ts";
import type { CollectedReport } from "./executor.ts";
import type { Coverage, Tests } from "./run.ts";

/** What a step's reports say, put together. */
export interface ReadReports {
  readonly tests?: Tests;
  readonly coverage?: Coverage;
  /** Why a report that was promised could not be read. */
  readonly problems: readonly string[];
}

/** The coverage that the command itself asked for and did not get, in its own words. */
export interface OwnLimit {
  readonly minimum: number;
  readonly words: string;
}

export interface ReadOptions {
  readonly minimum?: number;
  readonly files: readonly string[];
  /** Where the command ran, relative to the source's root. */
  readonly directory: string;
}

/** Reads every report that a step left. Coverage that no gate asks for may be missing. */
export function readReports(
  collected: readonly CollectedReport[],
  options: ReadOptions,
): ReadReports {
  const problems: string[] = [];
  let tests: Tests | undefined;
  let coverage: Coverage | undefined;
  for (const { report, text, problem } of collected) {
    if (report.format === "folder" || report.format === "file") continue;
    const read =
      text === undefined
        ? unreadable(problem ?? "is missing")
        : readOne(report.format, text, options);
    const matters = report.format !== "cobertura" || Boolean(options.minimum);
    if (!read.ok && matters) problems.push(`the ${report.format} report ${read.reason}`);
    if (!read.ok) continue;
    if ("percent" in read.value) coverage = read.value;
    else tests = read.value;
  }
  return { ...(tests && { tests }), ...(coverage && { coverage }), problems };
}

function readOne(
  format: "junit" | "cobertura" | "jest",
  text: string,
  { minimum, ...place }: ReadOptions,
): Parsed<Tests> | Parsed<Coverage> {
  const read =
    format === "cobertura"
      ? parseCobertura(text, { ...(minimum !== undefined && { minimum }), ...place })
      : format === "jest"
        ? parseJest(text, place)
        : parseJunit(text, place);
  return read.ok ? read : unreadable(`is unreadable: ${read.reason}`);
}

/** pytest-cov says in words when the limit that the command or its settings ask for is missed. */
export function ownLimitIn(output: string): OwnLimit | undefined {
  const found = /Required test coverage of (\d+(?:\.\d+)?)% not reached.*/.exec(output);
  return found ? { minimum: Number(found[1]), words: found[0].trim() } : undefined;
}
