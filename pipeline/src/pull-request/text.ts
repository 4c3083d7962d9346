import { visibleLine } from "../report/visible.ts";
import { plural } from "../report/words.ts";
import { pullRequestChecks } from "./check-pull-request.ts";
import type { PullRequestFinding, PullRequestReport } from "./finding.ts";

const marks = { passed: "✓", failed: "✗", unknown: "?" } as const;
const colours = { red: "31", yellow: "33", green: "32", grey: "90" } as const;

/** The report for people: check by check, with every mend, and what was not checked. */
export function pullRequestText(
  report: PullRequestReport,
  color: boolean,
  checks = pullRequestChecks.map(({ name }) => name),
): string {
  const blocks = checks.flatMap((name) => blockOf(name, report, painter(color)));
  return [...blocks, "", verdictLine(report), ""].join("\n");
}

type Paint = (text: string, colour: keyof typeof colours) => string;

function painter(color: boolean): Paint {
  return (text, colour) => (color ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text);
}

function blockOf(name: string, report: PullRequestReport, paint: Paint): string[] {
  const found = report.findings.filter(({ check }) => check === name);
  const not = report.notChecked.find(({ check }) => check === name);
  return [
    paint(...headOf(name, report, found)),
    ...(not ? [`    ${visibleLine(not.reason)}`, `    mend: ${visibleLine(not.mend)}`] : []),
    ...found.flatMap(({ file, line, message, mend }, index) => [
      `    ${placed(file, line)}${visibleLine(message)}`,
      // What mends several in a row is said after the last of them.
      ...(found[index + 1]?.mend === mend ? [] : [`    mend: ${visibleLine(mend)}`]),
    ]),
    ...report.accepted
      .filter(({ check }) => check === name)
      .map(({ file, line, reason, until }) =>
        paint(`    ${placed(file, line)}accepted until ${until}: ${visibleLine(reason)}`, "grey"),
      ),
  ];
}

function headOf(
  name: string,
  { notAsked, notChecked }: PullRequestReport,
  found: readonly PullRequestFinding[],
): [string, keyof typeof colours] {
  if (notAsked.includes(name)) return [`– ${name}: not asked for here`, "grey"];
  if (notChecked.some(({ check }) => check === name)) return [`? ${name}: not checked`, "yellow"];
  if (found.length === 0) return [`✓ ${name}`, "green"];
  const bad = found.some(({ severity }) => severity === "error");
  return bad ? [`✗ ${name}`, "red"] : [`! ${name}`, "yellow"];
}

function placed(file: string | undefined, line: number | undefined): string {
  const place = [file, line].filter((part) => part !== undefined).join(":");
  return place === "" ? "" : `${visibleLine(place)}: `;
}

function verdictLine({ verdict, findings, notChecked }: PullRequestReport): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const parts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(findings.length > errors ? [plural(findings.length - errors, "warning")] : []),
    ...(notChecked.length > 0 ? [`${notChecked.length} not checked`] : []),
  ];
  return `${marks[verdict]} ${verdict}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`;
}
