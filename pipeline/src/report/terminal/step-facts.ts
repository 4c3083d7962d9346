import type { Coverage, Finding, StepRun, TestFailure } from "../../execute/run.ts";
import { testName } from "../../results/tally.ts";
import { visibleText } from "../visible.ts";
import { coverageLack, coverageWords, lineRanges, plural } from "../words.ts";
import { displayWidth, type Pen } from "./paint.ts";

const mostFindings = 15;
const mostTests = 5;
const mostFiles = 5;
const mostTail = 12;

/** Where lines go, and how many steps share the screen. */
export interface Shared {
  readonly pen: Pen;
  readonly share: number;
}

export function failureLines(
  failures: readonly TestFailure[],
  failed: number,
  { pen, share }: Shared,
): string[] {
  const shown = failures.slice(0, Math.max(2, Math.floor(mostTests / share)));
  const rest = failed - shown.length;
  return [
    ...shown.flatMap((failure) => [
      `    ${pen.paint(pen.cut(testName(failure), 4), "red")}`,
      ...(failure.file
        ? [
            `      ${pen.paint(pen.cutPlace(placeOf(failure.file, failure.line), pen.width - 6), "grey")}`,
          ]
        : []),
      `      ${pen.cut(failure.message, 6)}`,
    ]),
    ...(rest > 0 ? [more(plural(rest, "more failing test"), pen)] : []),
  ];
}

export function findingLines(findings: readonly Finding[], { pen, share }: Shared): string[] {
  const errorsFirst = findings.toSorted(
    (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
  );
  const shown = errorsFirst.slice(0, Math.max(3, Math.floor(mostFindings / share)));
  const rest = findings.length - shown.length;
  return [
    ...shown.flatMap((found, index) => [
      findingLine(found, pen),
      ...mendLine(found, shown[index + 1], pen),
    ]),
    ...(rest > 0 ? [more(plural(rest, "more finding"), pen)] : []),
  ];
}

/** What mends several findings in a row is said after the last of them. */
function mendLine({ mend }: Finding, next: Finding | undefined, pen: Pen): string[] {
  if (mend === undefined || mend === next?.mend) return [];
  return [`      ${pen.paint(pen.cut(`mend: ${mend}`, 6), "grey")}`];
}

function findingLine({ file, line, column, rule, message, severity }: Finding, pen: Pen): string {
  const where = file === "" ? (rule ?? "") : placeOf(file, line || undefined, column);
  const place = pen.cutPlace(where, Math.floor(pen.width * 0.6));
  const says = `${message}${rule === undefined || file === "" ? "" : ` (${rule})`}`;
  const rest = pen.cut(says, 6 + displayWidth(place));
  return `    ${pen.paint(place, severity === "error" ? "red" : "yellow")}  ${rest}`;
}

export function coverageLines(coverage: Coverage, pen: Pen, scope = ""): string[] {
  const lack = coverageLack(coverage);
  const unit = coverage.branches.total > 0 ? "line or branch" : "line";
  const units = coverage.branches.total > 0 ? "lines or branches" : "lines";
  const missing = coverage.lines.total - coverage.lines.covered;
  const rest = coverage.missing.length - mostFiles;
  return [
    `    ${pen.paint(`coverage ${scope && `${scope} `}${coverageWords(coverage)}`, "red")}, ${plural(lack, unit, units)} short`,
    `    ${plural(missing, "line")} never run${coverage.missing.length > 0 ? ", most of them in" : ""}`,
    ...coverage.missing.slice(0, mostFiles).map(({ file, lines }) => {
      const line = `${file}  ${lines.length}: ${lineRanges(lines)}`;
      return `      ${pen.cut(line, 6)}`;
    }),
    ...(rest > 0 ? [more(plural(rest, "more file"), pen)] : []),
  ];
}

/** Where nothing was understood, the log's end has to speak for itself. */
export function tailLines({ tail, outcome }: StepRun, { pen, share }: Shared): string[] {
  if (!tail || outcome === "not-checked") return [];
  const lines = visibleText(tail)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  const most = Math.max(4, Math.floor(mostTail / share));
  return lines.slice(-most).map((line) => pen.paint(`    │ ${pen.cut(line, 6)}`, "grey"));
}

function more(what: string, pen: Pen): string {
  return pen.paint(`    and ${what} in the report`, "grey");
}

function placeOf(file: string, line?: number, column?: number): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}
