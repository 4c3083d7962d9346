import type { Run, StageRun } from "../../execute/run.ts";
import { notRunAgain, notRunTitle } from "../earlier.ts";
import { visibleLine } from "../visible.ts";
import { isTrouble, verdictSentence, verdictWords } from "../words.ts";
import { createPen, type Pen } from "./paint.ts";
import { stageBlock } from "./stage-block.ts";
import { stageTable } from "./stage-table.ts";

export interface SummaryOptions {
  readonly color: boolean;
  /** The terminal's columns. */
  readonly width: number;
  /** The run's folder, as a person can open it. */
  readonly folder?: string | undefined;
  /** What one types to see a stage again, where it is not a run of the files as they lie there. */
  readonly repeat?: (stage: StageRun) => string;
}

/**
 * The end of a run, for somebody who has never seen one: what happened to every stage, then what
 * is wrong and what mends it, and last the verdict in a sentence.
 */
export function terminalSummary(run: Run, options: SummaryOptions): string {
  const pen = createPen(options);
  const parts = [
    heading(run, pen),
    stageTable(run, pen),
    ...run.stages.filter(needsBlock).map((stage) => stageBlock(stage, pen, options)),
    remarks(run, pen),
    ending(run, pen, options.folder),
  ];
  const lines = parts.filter((part) => part.length > 0).map((part) => part.join("\n"));
  return `\n${lines.join("\n\n")}\n`;
}

/** A stage may pass although one of its steps, that does not block, did not. */
function needsBlock(stage: StageRun): boolean {
  return (
    isTrouble(stage.outcome) ||
    (stage.outcome === "passed" && stage.steps.some((step) => isTrouble(step.outcome)))
  );
}

function heading({ plan, executor }: Run, { paint, cut }: Pen): string[] {
  const { trigger } = plan;
  const base = trigger.base === undefined ? "" : ` into ${trigger.base}`;
  const what = `${trigger.branch}${base} · ${trigger.commit.slice(0, 7)} · on ${executor === "host" ? "this machine" : "Dagger"}`;
  const name = visibleLine(plan.name).slice(0, 40);
  return [`${paint(name, "bold")}  ${paint(cut(what, name.length + 2), "grey")}`];
}

function remarks(run: Run, { paint, cut }: Pen): string[] {
  const notChecked = run.stages.flatMap((stage) =>
    stage.notChecked.map((what) => `${stage.id}: ${what}`),
  );
  const flaky = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => step.tests?.flaky ?? []),
  );
  return [
    ...group("Not checked", notChecked),
    ...group("Flaky: failed first, then passed", [...new Set(flaky)]),
    ...group("Warnings", run.warnings),
    ...group(`${notRunTitle} (\`--fresh\` runs all)`, notRunAgain(run)),
  ];

  function group(title: string, items: readonly string[], most = 8): string[] {
    if (items.length === 0) return [];
    const rest = items.length - most;
    return [
      paint(title, "yellow"),
      ...items.slice(0, most).map((item) => `  ${cut(item, 2)}`),
      ...(rest > 0 ? [paint(`  and ${rest} more in the report`, "grey")] : []),
    ];
  }
}

function ending(run: Run, { paint }: Pen, folder: string | undefined): string[] {
  const { symbol, colour } = verdictWords[run.verdict];
  const sentence = `${symbol} ${verdictSentence(run)}`;
  const places = [
    ...(folder === undefined ? [] : [`report  ${folder}/report.html`]),
    ...(run.url === undefined ? [] : [`online  ${run.url}`]),
  ];
  return [
    paint(paint(visibleLine(sentence), colour), "bold"),
    ...places.map((place) => `  ${paint(visibleLine(place), "grey")}`),
  ];
}
