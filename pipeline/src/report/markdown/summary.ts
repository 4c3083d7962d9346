import type { Run, StageRun } from "../../execute/run.ts";
import { notRunAgain, notRunTitle } from "../earlier.ts";
import { isTrouble, verdictSentence, verdictWords } from "../words.ts";
import { inline } from "./escape.ts";
import { againLine, heading, stageTable } from "./head.ts";
import { remarkItem } from "./items.ts";
import { createLinks } from "./links.ts";
import { stageSection } from "./stage-section.ts";

/** GitHub refuses a job summary above 1 MiB. */
const mostBytes = 900_000;

/** The run as `summary.md`, which is GitHub's job summary too. */
export function summaryMarkdown(run: Run): string {
  const links = createLinks(run);
  const parts = [
    `## ${verdictWords[run.verdict].symbol} ${inline(verdictSentence(run))}`,
    heading(run),
    stageTable(run.stages),
    againLine(run),
    ...run.stages.filter(needsSection).map((stage) => stageSection(stage, links)),
    remarks("Not checked", notChecked(run)),
    remarks("Flaky: failed first, then passed", flaky(run)),
    remarks("Warnings", run.warnings),
    remarks(notRunTitle, notRunAgain(run)),
  ];
  return capped(parts.filter((part) => part !== ""));
}

/** Whole parts only, so that nothing stays open. */
function capped(parts: readonly string[]): string {
  const encoder = new TextEncoder();
  let room = mostBytes;
  const kept: string[] = [];
  for (const part of parts) {
    room -= encoder.encode(part).length + 2;
    if (room < 0) continue;
    kept.push(part);
  }
  const cut = parts.length > kept.length;
  return `${[...kept, ...(cut ? ["_More is in the report, `report.html`._"] : [])].join("\n\n")}\n`;
}

function needsSection(stage: StageRun): boolean {
  return isTrouble(stage.outcome) || stage.steps.some((step) => isTrouble(step.outcome));
}

/** What stages passed without. */
export function notChecked(run: Run): string[] {
  return run.stages.flatMap((stage) => stage.notChecked.map((what) => `${stage.id}: ${what}`));
}

/** Tests that failed and then passed. */
export function flaky(run: Run): string[] {
  const names = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => step.tests?.flaky ?? []),
  );
  return [...new Set(names)];
}

function remarks(title: string, items: readonly string[], most = 30): string {
  if (items.length === 0) return "";
  const rest = items.length - most;
  const lines = items.slice(0, most).map(remarkItem);
  return [`### ${title}`, "", ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}
