import type { StepRun } from "../../execute/run.ts";
import { earlierStands } from "../earlier.ts";
import { visibleLine } from "../visible.ts";
import { duration, wordsOf } from "../words.ts";

/** `✓ unit-tests/backend.test  passed, 1m 04s`. */
export function stepLine(stage: string, step: StepRun): string {
  const { symbol, word } = wordsOf(step);
  const name = stepName(stage, step.id);
  if (step.receipt) return `${symbol} ${name}  not run again: ${earlierStands}`;
  return `${symbol} ${name}  ${step.reused ? earlierStands : word}, ${duration(step.seconds)}`;
}

export function stepName(stage: string, step: string): string {
  return visibleLine(`${stage}/${step}`);
}
