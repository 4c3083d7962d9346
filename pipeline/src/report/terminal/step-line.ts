import type { StepRun } from "../../execute/run.ts";
import { visibleLine } from "../visible.ts";
import { duration, wordsOf } from "../words.ts";

/** `✓ unit-tests/backend.test  passed, 1m 04s`. */
export function stepLine(stage: string, step: StepRun): string {
  const { symbol, word } = wordsOf(step);
  const what = step.reused ? "an earlier result with the same inputs stands" : word;
  return `${symbol} ${stepName(stage, step.id)}  ${what}, ${duration(step.seconds)}`;
}

export function stepName(stage: string, step: string): string {
  return visibleLine(`${stage}/${step}`);
}
