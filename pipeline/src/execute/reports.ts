import type { Audited } from "../results/audit/audited.ts";
import { parseNpmAudit } from "../results/audit/npm-audit.ts";
import { parsePipAudit } from "../results/audit/pip-audit.ts";
import { parsePnpmAudit } from "../results/audit/pnpm-audit.ts";
import { parseCobertura } from "../results/cobertura.ts";
import { parseJest } from "../results/jest.ts";
import { parseJunit } from "../results/junit.ts";
import { type Parsed, unreadable } from "../results/parsed.ts";
import { parsePlaywright } from "../results/playwright.ts";
import type { CollectedReport } from "./executor.ts";
import type { Coverage, Tests } from "./run.ts";

/** What a step's reports say, put together. */
export interface ReadReports {
  readonly tests?: Tests;
  readonly coverage?: Coverage;
  readonly audited?: Audited;
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
  /** Whether an audit asks about packages that only development needs. */
  readonly development?: boolean;
}

/** Reads every report that a step left. Coverage that no gate asks for may be missing. */
export function readReports(
  collected: readonly CollectedReport[],
  options: ReadOptions,
): ReadReports {
  const problems: string[] = [];
  let tests: Tests | undefined;
  let coverage: Coverage | undefined;
  let audited: Audited | undefined;
  for (const { report, text, problem } of collected) {
    const { format } = report;
    if (format === "folder" || format === "file") continue;
    const read = text === undefined ? missing(problem) : readOne(format, text, options);
    const matters = format !== "cobertura" || Boolean(options.minimum);
    if (!read.ok && matters) problems.push(`the ${format} report ${read.reason}`);
    if (!read.ok) continue;
    if ("percent" in read.value) coverage = read.value;
    else if ("asked" in read.value) audited = read.value;
    else tests = read.value;
  }
  return {
    ...(tests && { tests }),
    ...(coverage && { coverage }),
    ...(audited && { audited }),
    problems,
  };
}

function missing(problem = "is missing"): ReturnType<typeof unreadable> {
  return unreadable(problem);
}

function readOne(
  format: Exclude<CollectedReport["report"]["format"], "folder" | "file">,
  text: string,
  { minimum, development = true, ...place }: ReadOptions,
): Parsed<Tests | Coverage | Audited> {
  if (format === "npm-audit") return parseNpmAudit(text, development);
  if (format === "pnpm-audit") return parsePnpmAudit(text);
  if (format === "pip-audit") return parsePipAudit(text);
  const read =
    format === "cobertura"
      ? parseCobertura(text, { ...(minimum !== undefined && { minimum }), ...place })
      : format === "jest"
        ? parseJest(text, place)
        : format === "playwright"
          ? parsePlaywright(text, place)
          : parseJunit(text, place);
  return read.ok ? read : unreadable(`is unreadable: ${read.reason}`);
}

/** pytest-cov says in words when the limit that the command or its settings ask for is missed. */
export function ownLimitIn(output: string): OwnLimit | undefined {
  const found = /Required test coverage of (\d+(?:\.\d+)?)% not reached.*/.exec(output);
  return found ? { minimum: Number(found[1]), words: found[0].trim() } : undefined;
}
