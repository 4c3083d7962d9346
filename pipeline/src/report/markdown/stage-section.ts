import type { Coverage, Finding, StageRun, StepRun, TestFailure } from "../../execute/run.ts";
import { mendOf } from "../mend.ts";
import {
  coverageLack,
  coverageWords,
  duration,
  isBelow,
  lineRanges,
  plural,
  reproduceCommand,
  troubledSteps,
  wordsOf,
} from "../words.ts";
import { code, codeBlock, inline, prose } from "./escape.ts";
import { failureItem, findingItem } from "./items.ts";
import type { Links } from "./links.ts";

const mostFailures = 50;
const mostTraces = 20;
const mostFindings = 100;
const mostFiles = 20;
const longestTrace = 2500;
const longestTail = 3000;

/** One stage that did not pass: its steps folded, each with what is wrong, and how to see it again. */
export function stageSection(stage: StageRun, links: Links): string {
  const { symbol, word } = wordsOf(stage);
  const troubled = troubledSteps(stage);
  const own = stage.coverage && isBelow(stage.coverage) ? coverageList(stage.coverage, links) : [];
  const mend = troubled.length === 0 ? mendOf(stage) : "";
  return [
    `### ${symbol} ${stage.id}: ${word}`,
    ...(troubled.length === 0 ? [`${prose(stage.reason)}${mend ? ` – ${prose(mend)}` : ""}`] : []),
    ...troubled.map((step) => stepDetails(stage, step, links)),
    ...(troubled.some((step) => step.coverage) ? [] : own),
    "Again, on any machine:",
    codeBlock(reproduceCommand(stage), "sh"),
  ].join("\n\n");
}

function stepDetails(stage: StageRun, step: StepRun, links: Links): string {
  const facts = [
    ...failureList(step.tests?.failures ?? [], step.tests?.failed ?? 0, links),
    ...findingList(step.findings, links),
    ...(step.coverage && isBelow(step.coverage) ? coverageList(step.coverage, links) : []),
  ];
  const mend = mendOf(stage, step);
  const tail = facts.length === 0 && step.tail ? [codeBlock(step.tail.slice(-longestTail))] : [];
  return [
    `<details open><summary>${summaryOf(step)}</summary>`,
    ...(step.explanation ? [prose(step.explanation.message)] : []),
    ...facts,
    ...tail,
    ...(mend ? [`**Mend:** ${prose(mend)}`] : []),
    ...(step.log ? [`Log: ${code(step.log)}`] : []),
    "</details>",
  ].join("\n\n");
}

function summaryOf(step: StepRun): string {
  const { word } = wordsOf(step);
  const component = step.component === undefined ? "" : `${inline(step.component, 80)} · `;
  const end = step.exit ? `${word}, exit ${step.exit}` : word;
  return `${component}<code>${inline(step.command ?? step.title, 200)}</code> – ${end}, ${duration(step.seconds)}`;
}

function failureList(failures: readonly TestFailure[], failed: number, links: Links): string[] {
  const shown = failures.slice(0, mostFailures);
  const rest = failed - shown.length;
  const items = shown.map((failure, index) =>
    failureItem(failure, links, index < mostTraces ? longestTrace : 0),
  );
  return rest > 0 ? [...items, `and ${plural(rest, "more failing test")}`] : items;
}

function findingList(findings: readonly Finding[], links: Links): string[] {
  if (findings.length === 0) return [];
  const rest = findings.length - mostFindings;
  const lines = findings.slice(0, mostFindings).map((finding) => findingItem(finding, links));
  return [[...lines, ...(rest > 0 ? [`- and ${plural(rest, "more finding")}`] : [])].join("\n")];
}

function coverageList(coverage: Coverage, links: Links): string[] {
  const units =
    coverage.branches.total > 0 ? ["line or branch", "lines or branches"] : ["line", "lines"];
  const lack = plural(coverageLack(coverage), units[0] as string, units[1]);
  const missing = plural(coverage.lines.total - coverage.lines.covered, "line");
  const files = coverage.missing
    .slice(0, mostFiles)
    .map(
      ({ file, lines }) => `- ${links(file, lines[0])} ${lines.length}: ${lineRanges(lines, 12)}`,
    );
  const rest = coverage.missing.length - mostFiles;
  return [
    `Coverage ${coverageWords(coverage).replace("<", "&lt;")}, ${lack} short; ${missing} never run:`,
    [...files, ...(rest > 0 ? [`- and ${plural(rest, "more file")}`] : [])].join("\n"),
  ];
}
