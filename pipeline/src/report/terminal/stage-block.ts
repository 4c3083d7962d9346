import type { StageRun, StepRun } from "../../execute/run.ts";
import { mendOf } from "../mend.ts";
import { visibleLine } from "../visible.ts";
import { duration, isBelow, plural, reproduceCommand, troubledSteps, wordsOf } from "../words.ts";
import type { Pen } from "./paint.ts";
import { coverageLines, failureLines, findingLines, tailLines } from "./step-facts.ts";
import type { SummaryOptions } from "./summary.ts";
import { wrap } from "./wrap.ts";

/** About one screen. */
const mostLines = 40;

/** What is wrong with one stage, where, and what mends it; at most one screen. */
export function stageBlock(
  stage: StageRun,
  pen: Pen,
  { folder, repeat = reproduceCommand }: Pick<SummaryOptions, "folder" | "repeat">,
): string[] {
  const { word, colour } = wordsOf(stage);
  const troubled = troubledSteps(stage);
  const share = Math.max(1, troubled.length);
  const body = troubled.flatMap((step) => stepLines(stage, step, { pen, folder, share }));
  const own = [...(troubled.length === 0 ? stageOnly(stage, pen) : []), ...stageGate(stage, pen)];
  const again = `  ${pen.paint("again", "grey")}    ${repeat(stage)}`;
  const kept = [...own, ...body].slice(0, mostLines - 3);
  const cut = own.length + body.length - kept.length;
  return [
    `${pen.paint("──", colour)} ${pen.paint(stage.id, "bold")} ${pen.paint(word, colour)}`,
    ...kept,
    ...(cut > 0 ? [pen.paint(`  and ${plural(cut, "more line")} in the report`, "grey")] : []),
    again,
  ];
}

/** A stage that has no step to blame: its reason is all there is. */
function stageOnly(stage: StageRun, pen: Pen): string[] {
  const mend = mendOf(stage);
  return [`  ${pen.cut(stage.reason, 2)}`, ...(mend ? labelled("mend", mend, pen) : [])];
}

/** The gate over all components, where each by itself is fine. */
function stageGate(stage: StageRun, pen: Pen): string[] {
  const { coverage } = stage;
  if (!coverage || !isBelow(coverage)) return [];
  if (stage.steps.some((step) => step.coverage && isBelow(step.coverage))) return [];
  return coverageLines(coverage, pen, "together");
}

interface StepView {
  readonly pen: Pen;
  readonly folder: string | undefined;
  /** How many steps share the screen. */
  readonly share: number;
}

function stepLines(stage: StageRun, step: StepRun, { pen, folder, share }: StepView): string[] {
  const { symbol, colour } = wordsOf(step);
  const facts = [
    ...failureLines(step.tests?.failures ?? [], step.tests?.failed ?? 0, { pen, share }),
    ...findingLines(step.findings, { pen, share }),
    ...(step.coverage && isBelow(step.coverage) ? coverageLines(step.coverage, pen) : []),
  ];
  // The coverage lines below say the same, with more of the files.
  const told = step.outcome === "coverage-below" ? "" : step.explanation?.message;
  const place = step.log && (folder === undefined ? step.log : `${folder}/${step.log}`);
  return [
    `  ${pen.paint(symbol, colour)} ${stepTitle(step, pen)}`,
    ...(told
      ? wrap(visibleLine(told), pen.width - 5)
          .slice(0, 4)
          .map((line) => `    ${line}`)
      : []),
    ...facts,
    ...(facts.length === 0 ? tailLines(step, { pen, share }) : []),
    ...labelled("mend", mendOf(stage, step), pen),
    ...(place ? labelled("log", place, pen) : []),
  ];
}

function stepTitle(step: StepRun, pen: Pen): string {
  const { word } = wordsOf(step);
  const end = step.outcome === "failed" && step.exit !== undefined ? `exit ${step.exit}` : word;
  const component = step.component === undefined ? "" : `${step.component} · `;
  const rest = `  ${end}, ${duration(step.seconds)}`;
  const title = pen.cut(`${component}${step.command ?? step.title}`, rest.length + 4);
  return `${pen.paint(title, "bold")}${pen.paint(rest, "grey")}`;
}

/** A label and its text, over several lines if it must: what mends is never cut off. */
function labelled(label: string, text: string, pen: Pen): string[] {
  const [first, ...rest] = wrap(visibleLine(text), Math.max(20, pen.width - 11));
  if (first === undefined) return [];
  const head = `    ${pen.paint(label.padEnd(6), "grey")} ${first}`;
  return [head, ...rest.slice(0, 3).map((line) => `           ${line}`)];
}
