import type { Finding, StageRun, StepRun } from "../execute/run.ts";
import { reproduceCommand } from "./words.ts";

/** What mends a stage that did not pass; the steps' own words go first. */
export function mendOf(stage: StageRun, step?: StepRun): string {
  const outcome = step?.outcome ?? stage.outcome;
  if (step?.explanation?.mend) return step.explanation.mend;
  switch (outcome) {
    case "failed":
      return mendFailed(stage, step);
    case "coverage-below":
      return "test the lines that are not run, or lower `coverage.minimum` where that is agreed";
    case "no-tests":
      return "let the test command find tests: look at its path and its selection";
    case "flaky":
      return "make the flaky tests steady: look for time, order, shared state and the network";
    case "timed-out":
      return "find what hangs (the log's last lines name it), or raise the step's `timeout`";
    case "out-of-memory":
      return "use less memory, for example fewer parallel workers, or a larger machine";
    case "not-checked":
      return "see `gantry doctor` for what this machine lacks";
    case "error":
      return `nothing in the code is known to be wrong: try again with \`${reproduceCommand(stage)}\``;
    case "cancelled":
      return `run it again with \`${reproduceCommand(stage)}\``;
    default:
      return "";
  }
}

/** Failing tests and findings say themselves what is to be mended; some tools can do it. */
function mendFailed(stage: StageRun, step: StepRun | undefined): string {
  const findings = step?.findings ?? stage.findings;
  const fix = fixes.find(([applies]) => findings.some(applies));
  if (fix) return fix[1];
  return findings.length > 0 || (step?.tests?.failed ?? 0) > 0 ? "" : "its log says why";
}

const fixes: readonly (readonly [(finding: Finding) => boolean, string])[] = [
  [of("ruff", true), "`ruff format` rewrites the files"],
  [of("prettier", true), "`prettier --write` rewrites the files"],
  [of("biome", true), "`biome format --write` rewrites the files"],
  [of("ruff", false), "`ruff check --fix` mends some of it"],
  [of("eslint", false), "`eslint --fix` mends some of it"],
];

function of(tool: string, format: boolean): (finding: Finding) => boolean {
  return (finding) => finding.tool === tool && (finding.rule === "format") === format;
}
