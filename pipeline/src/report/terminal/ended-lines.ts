import type { StepRun } from "../../execute/run.ts";
import { testName } from "../../results/tally.ts";
import { isTrouble, wordsOf } from "../words.ts";
import type { Pen } from "./paint.ts";
import { findingLines, tailLines } from "./step-facts.ts";
import { stepLine } from "./step-line.ts";

const mostTests = 5;

/** What stands above the live view when a step has ended badly: enough to begin mending at once. */
export function endedLines(stage: string, step: StepRun, pen: Pen): string[] {
  if (!isTrouble(step.outcome)) return [];
  const { colour } = wordsOf(step);
  const failures = (step.tests?.failures ?? [])
    .slice(0, mostTests)
    .map(
      (failure) =>
        `    ${pen.paint("✗", "red")} ${pen.cut(`${testName(failure)}  ${failure.message}`, 7)}`,
    );
  const rest = (step.tests?.failed ?? 0) - failures.length;
  const found = findingLines(step.findings, { pen, share: 3 });
  const facts = [
    ...failures,
    ...(rest > 0 ? [pen.paint(`    and ${rest} more`, "grey")] : []),
    ...found,
  ];
  const why = step.explanation ? [`    ${pen.cut(step.explanation.message, 5)}`] : [];
  return [
    pen.paint(pen.cut(stepLine(stage, step), 1), colour),
    ...why,
    ...facts,
    ...(facts.length === 0 && why.length === 0 ? tailLines(step, { pen, share: 2 }) : []),
  ];
}
