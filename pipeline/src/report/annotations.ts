import type { Finding, Run, StageRun, TestFailure } from "../execute/run.ts";
import { testName } from "../results/tally.ts";
import { cutEnd } from "../results/text.ts";
import { commandData, commandProperty } from "./github-log.ts";
import { mendOf } from "./mend.ts";
import { visibleText } from "./visible.ts";
import { isTrouble, reproduceCommand, wordsOf } from "./words.ts";

/** GitHub shows no more of a kind from one step, and drops the rest without a word. */
const mostOfKind = 10;
const longestMessage = 2000;

/**
 * Workflow commands that show findings and failing tests beside the changed lines. What does not
 * block is a warning.
 */
export function githubAnnotations(run: Run): string[] {
  const all = run.stages.flatMap(annotationsOf);
  return (["error", "warning"] as const).flatMap((level) =>
    spread(all.filter((annotation) => annotation.level === level)).map(commandOf),
  );
}

interface Annotation {
  readonly level: "error" | "warning";
  readonly source: "tests" | "findings" | "stage";
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly title: string;
  readonly message: string;
}

function annotationsOf(stage: StageRun): Annotation[] {
  const level = stage.blocking ? "error" : "warning";
  const failures = stage.steps.flatMap((step) => step.tests?.failures ?? []);
  const own = [
    ...failures.map((failure) => ofFailure(failure, level)),
    ...stage.findings.map((finding) => ofFinding(finding, level)),
  ];
  if (own.length > 0 || !isTrouble(stage.outcome)) return own;
  return [ofStage(stage, level)];
}

function ofFailure(failure: TestFailure, level: Annotation["level"]): Annotation {
  return {
    level,
    source: "tests",
    file: failure.file,
    line: failure.line,
    title: testName(failure),
    message: failure.message,
  };
}

function ofFinding(finding: Finding, level: Annotation["level"]): Annotation {
  const title = [finding.tool, finding.rule].filter(Boolean).join(" ");
  return {
    level: finding.severity === "warning" ? "warning" : level,
    source: "findings",
    file: finding.file || undefined,
    line: finding.line,
    column: finding.column,
    title: title || "finding",
    message: [finding.message, finding.mend].filter(Boolean).join("\n"),
  };
}

/** What has no place still has to be seen: a time limit, a missing report. */
function ofStage(stage: StageRun, level: Annotation["level"]): Annotation {
  const step = stage.steps.find((candidate) => isTrouble(candidate.outcome));
  const why = step?.explanation?.message ?? stage.reason;
  const mend = mendOf(stage, step);
  return {
    level,
    source: "stage",
    title: `${stage.id}: ${wordsOf(stage).word}`,
    message: [why, mend, `Again: ${reproduceCommand(stage)}`].filter(Boolean).join("\n"),
  };
}

/** A fair share for each source, so that a thousand findings do not hide the failing tests. */
function spread(all: readonly Annotation[]): Annotation[] {
  const sources = [...Map.groupBy(all, (annotation) => annotation.source).values()];
  const kept: Annotation[] = [];
  for (let index = 0; kept.length < mostOfKind && index < all.length; index += 1) {
    kept.push(...sources.flatMap((source) => source[index] ?? []));
  }
  return kept.slice(0, mostOfKind);
}

function commandOf({ level, file, line, column, title, message }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title: cutEnd(title, 200) })
    .filter(([, value]) => value !== undefined && value !== 0)
    .map(([key, value]) => `${key}=${commandProperty(visibleText(String(value)))}`);
  const data = commandData(cutEnd(visibleText(message), longestMessage));
  return `::${level} ${properties.join(",")}::${data}`;
}
