import type { Coverage } from "../execute/run.ts";
import { type FileLines, filesOf } from "./cobertura-lines.ts";
import { type Parsed, parsed, unreadable } from "./parsed.ts";
import { createPlacer, type PlaceOptions } from "./place.ts";
import { parseXml, type XmlElement } from "./xml.ts";

export interface CoverageOptions extends PlaceOptions {
  /** The gate, in percent. */
  readonly minimum?: number | undefined;
}

type Counts = Pick<Coverage, "lines" | "branches">;

/** Files with uncovered lines that a run keeps, the worst first. */
export const mostMissingFiles = 50;

/**
 * Reads a Cobertura report in the dialects of coverage.py and istanbul. A report that measured
 * nothing is refused: a gate that it passes would be green for no reason.
 */
export function parseCobertura(text: string, options: CoverageOptions = {}): Parsed<Coverage> {
  const document = parseXml(text);
  if (!document.ok) return document;
  const root = document.value;
  if (root.name !== "coverage") {
    return unreadable(`it is no Cobertura report: its root is <${root.name}>`);
  }
  const files = filesOf(root, createPlacer(options), options.files && new Set(options.files));
  const counts = countsOf(root, files);
  if (counts.lines.total === 0) return unreadable("it measures no lines at all");
  return parsed(coverageOf(counts, missingOf(files), options.minimum));
}

/** Several components' coverage as one. None at all where the list is empty. */
export function mergeCoverage(
  list: readonly Coverage[],
  minimum?: number | undefined,
): Coverage | undefined {
  if (list.length === 0) return undefined;
  const counts = { lines: sum(list, "lines"), branches: sum(list, "branches") };
  return coverageOf(
    counts,
    list.flatMap((coverage) => coverage.missing),
    minimum,
  );
}

function sum(list: readonly Coverage[], kind: "lines" | "branches"): Coverage["lines"] {
  return {
    covered: list.reduce((total, coverage) => total + coverage[kind].covered, 0),
    total: list.reduce((total, coverage) => total + coverage[kind].total, 0),
  };
}

function coverageOf(
  { lines, branches }: Counts,
  missing: Coverage["missing"],
  minimum: number | undefined,
): Coverage {
  const total = lines.total + branches.total;
  return {
    // Multiplied first: 57 of 100 is 57 and not 56.99999999999999.
    percent: total === 0 ? 100 : (100 * (lines.covered + branches.covered)) / total,
    lines,
    branches,
    ...(minimum === undefined ? {} : { minimum }),
    missing: missing
      .toSorted((a, b) => b.lines.length - a.lines.length || a.file.localeCompare(b.file, "en"))
      .slice(0, mostMissingFiles),
  };
}

function missingOf(files: readonly FileLines[]): Coverage["missing"] {
  return files
    .filter((file) => file.uncovered.length > 0)
    .map((file) => ({ file: file.file, lines: [...file.uncovered], total: file.lines.total }));
}

/** The report's own totals where it states them, else what its lines add up to. */
function countsOf(root: XmlElement, files: readonly FileLines[]): Counts {
  return {
    lines: stated(root, "lines") ?? added(files, "lines"),
    branches: stated(root, "branches") ?? added(files, "branches"),
  };
}

function stated(root: XmlElement, kind: "lines" | "branches"): Counts["lines"] | undefined {
  const covered = whole(root.attributes.get(`${kind}-covered`));
  const total = whole(root.attributes.get(`${kind}-valid`));
  if (covered === undefined || total === undefined || covered > total) return undefined;
  return { covered, total };
}

function whole(value: string | undefined): number | undefined {
  const number = Number(value ?? "");
  return value && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function added(files: readonly FileLines[], kind: "lines" | "branches"): Counts["lines"] {
  return {
    covered: files.reduce((total, file) => total + file[kind].covered, 0),
    total: files.reduce((total, file) => total + file[kind].total, 0),
  };
}
