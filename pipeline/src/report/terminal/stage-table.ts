import type { Run, StageRun } from "../../execute/run.ts";
import { earlierWords } from "../earlier.ts";
import { visibleLine } from "../visible.ts";
import { coverageWords, duration, isTrouble, outcomeWords, testWords, wordsOf } from "../words.ts";
import { fitColumns, type Pen } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** One line a stage that ran, and one a reason for those that did not. */
export function stageTable(run: Run, pen: Pen): string[] {
  const ran = run.stages.filter((stage) => stage.outcome !== "skipped");
  const skipped = run.stages.filter((stage) => stage.outcome === "skipped");
  const names = Math.max(0, ...ran.map((stage) => stage.id.length));
  const words = Math.max(0, ...ran.map((stage) => outcomeWords[stage.outcome].word.length));
  return [...ran.map((stage) => row(stage, { names, words }, pen)), ...folded(skipped, pen)];
}

function row(stage: StageRun, widths: { names: number; words: number }, pen: Pen): string {
  const { symbol, colour } = wordsOf(stage);
  const { word } = outcomeWords[stage.outcome];
  const time = (stage.seconds > 0 ? duration(stage.seconds) : "").padStart(7);
  const left = `  ${symbol} ${stage.id.padEnd(widths.names)}  ${word.padEnd(widths.words)} ${time}`;
  const facts = fitColumns(factsOf(stage), Math.max(8, pen.width - left.length - 3));
  return [
    `  ${pen.paint(symbol, colour)} ${stage.id.padEnd(widths.names)}  `,
    `${pen.paint(word.padEnd(widths.words), colour)} ${pen.paint(time, "grey")}`,
    facts === "" ? "" : `   ${facts}`,
  ]
    .join("")
    .trimEnd();
}

function factsOf(stage: StageRun): string {
  const { tests, coverage, findings, outcome, reason, steps } = stage;
  const facts = [
    !stage.blocking && isTrouble(outcome) ? "does not block" : "",
    tests && testWords(tests),
    coverage && `coverage ${coverageWords(coverage)}`,
    findings.length > 0
      ? `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`
      : "",
    earlierWords(stage),
  ].filter(Boolean);
  if (facts.length === 0 && outcome !== "passed" && steps.length === 0) return reason;
  return facts.join(" · ");
}

/** Those that were left out for the same reason share a place. */
function folded(skipped: readonly StageRun[], { paint, width }: Pen): string[] {
  const { symbol } = outcomeWords.skipped;
  const byReason = Map.groupBy(skipped, (stage) => stage.reason);
  return [...byReason].flatMap(([reason, stages]) => {
    const ids = stages.map((stage) => stage.id).join(", ");
    const lines = wrap(visibleLine(`${ids}: skipped, ${reason}`), width - 5).slice(0, 3);
    return lines.map((line, index) => paint(`  ${index === 0 ? symbol : " "} ${line}`, "grey"));
  });
}
