import type { Run, StageRun } from "../../execute/run.ts";
import {
  coverageWords,
  duration,
  isBelow,
  isTrouble,
  testWords,
  verdictSentence,
  verdictWords,
  wordsOf,
} from "../words.ts";
import { code, inline, prose } from "./escape.ts";
import { createLinks } from "./links.ts";
import { stageSection } from "./stage-section.ts";

/** GitHub refuses a job summary above 1 MiB. */
const mostBytes = 900_000;

/** The run as `summary.md`: GitHub's job summary and what a pull request's comment is made of. */
export function summaryMarkdown(run: Run): string {
  const links = createLinks(run);
  const parts = [
    `## ${verdictWords[run.verdict].symbol} ${inline(verdictSentence(run))}`,
    heading(run),
    stageTable(run.stages),
    ...run.stages.filter(needsSection).map((stage) => stageSection(stage, links)),
    remarks("Not checked", notChecked(run)),
    remarks("Flaky: failed first, then passed", flaky(run)),
    remarks("Warnings", run.warnings),
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

function heading({ plan, url, executor }: Run): string {
  const { trigger } = plan;
  const base = trigger.base === undefined ? "" : ` into ${code(trigger.base, 120)}`;
  const facts = [
    `**${inline(plan.name, 80)}**`,
    `${code(trigger.branch, 120)}${base}`,
    code(trigger.commit.slice(0, 12)),
    trigger.pullRequest ? `pull request ${trigger.pullRequest.number}` : trigger.event,
    executor === "host" ? "on a machine without an engine" : "on Dagger",
    url !== undefined && /^https?:\/\/[^\s()<>]+$/.test(url) ? `[the run](${url})` : "",
  ];
  return facts.filter(Boolean).join(" · ");
}

function stageTable(stages: readonly StageRun[]): string {
  const rows = stages.map((stage) => {
    const { symbol, word } = wordsOf(stage);
    const quiet =
      stage.outcome === "skipped" || (stage.outcome !== "passed" && stage.steps.length === 0);
    const facts = quiet
      ? inline(stage.reason)
      : [stage.tests && testWords(stage.tests), findingsOf(stage)].filter(Boolean).join(", ");
    const time = stage.seconds > 0 ? duration(stage.seconds) : "";
    const cells = [`${symbol} ${stage.id}`, word, time, facts, coverageOf(stage)];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| stage | outcome | time | tests and findings | coverage |",
    "|:--|:--|--:|:--|:--|",
    ...rows,
  ].join("\n");
}

function findingsOf({ findings }: StageRun): string {
  return findings.length === 0
    ? ""
    : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
}

function coverageOf({ coverage }: StageRun): string {
  if (!coverage) return "";
  const words = coverageWords(coverage).replace("<", "&lt;");
  return isBelow(coverage) ? `**${words}**` : words;
}

function needsSection(stage: StageRun): boolean {
  return isTrouble(stage.outcome) || stage.steps.some((step) => isTrouble(step.outcome));
}

function notChecked(run: Run): string[] {
  return run.stages.flatMap((stage) => stage.notChecked.map((what) => `${stage.id}: ${what}`));
}

function flaky(run: Run): string[] {
  const names = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => step.tests?.flaky ?? []),
  );
  return [...new Set(names)];
}

function remarks(title: string, items: readonly string[], most = 30): string {
  if (items.length === 0) return "";
  const rest = items.length - most;
  const lines = items.slice(0, most).map((item) => `- ${prose(item)}`);
  return [`### ${title}`, "", ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n");
}
