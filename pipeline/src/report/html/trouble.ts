import type { Finding, Run, StageRun, StepRun, TestFailure } from "../../execute/run.ts";
import { testName } from "../../results/tally.ts";
import { mendOf } from "../mend.ts";
import {
  coverageLack,
  coverageWords,
  duration,
  isBelow,
  isTrouble,
  plural,
  reproduceCommand,
  troubledSteps,
  wordsOf,
} from "../words.ts";
import { logHtml } from "./ansi.ts";
import { type Html, html, nothing } from "./html.ts";
import { failurePlace, pill, place, prose, section } from "./parts.ts";

const mostFindings = 25;

/** What is wrong, stage by stage: where, why, what mends it and how to see it again. */
export function trouble(run: Run): Html {
  const stages = run.stages.filter(
    (stage) => isTrouble(stage.outcome) || stage.steps.some((step) => isTrouble(step.outcome)),
  );
  if (stages.length === 0) return nothing;
  return section("trouble", "What needs a look", html`${stages.map(stageCard)}`);
}

function stageCard(stage: StageRun): Html {
  const steps = troubledSteps(stage);
  return html`<div class="card"><div class="stagehead"><h3>${stage.id}</h3>${pill(wordsOf(stage))}
<code class="again">${reproduceCommand(stage)}</code></div>
${steps.length === 0 ? stageOnly(stage) : steps.map((step) => stepBlock(stage, step))}</div>
`;
}

function stageOnly(stage: StageRun): Html {
  const gap = stage.coverage && isBelow(stage.coverage) ? coverageLine(stage.coverage) : nothing;
  return html`<div class="trouble"><p>${prose(stage.reason)}</p>${gap}${mendLine(mendOf(stage))}</div>`;
}

function stepBlock(stage: StageRun, step: StepRun): Html {
  const failures = step.tests?.failures ?? [];
  const gap = step.coverage && isBelow(step.coverage) ? step.coverage : undefined;
  const told = gap ? undefined : step.explanation?.message;
  const silent = failures.length === 0 && step.findings.length === 0 && !gap;
  return html`<div class="trouble">${title(step)}
${told !== undefined && html`<p>${prose(told)}</p>`}
${failureList(failures, step.tests?.failed ?? 0)}${findingList(step.findings)}
${gap && coverageLine(gap)}
${silent && step.tail !== undefined && html`<pre class="log">${logHtml(step.tail.trimEnd())}</pre>`}
${mendLine(mendOf(stage, step))}
${step.log !== undefined && html`<p class="soft">log: <a href="#${logId(step.log)}">${step.log}</a></p>`}</div>
`;
}

function title(step: StepRun): Html {
  const component =
    step.component === undefined ? nothing : html`<span class="soft">${step.component}</span> `;
  const { word, colour } = wordsOf(step);
  const exit = step.exit ? `, exit ${step.exit}` : "";
  return html`<div>${component}<code>${step.command ?? step.title}</code> <span class="${colour}">${word}${exit}</span> <span class="soft">${duration(step.seconds)}</span></div>`;
}

function failureList(failures: readonly TestFailure[], failed: number): Html {
  if (failures.length === 0) return nothing;
  const rest = failed - failures.length;
  return html`<div>${failures.map(failureItem)}${rest > 0 && html`<p class="soft">and ${plural(rest, "more failing test")}, see the log</p>`}</div>`;
}

function failureItem(failure: TestFailure): Html {
  const head = html`<span class="red">✗</span> <span class="mono">${testName(failure)}</span><span class="msg">${failurePlace(failure)} ${failure.message}</span>`;
  if (!failure.details) return html`<div class="fail">${head}</div>`;
  return html`<details class="fail"><summary>${head}</summary><pre>${failure.details}</pre></details>`;
}

function findingList(findings: readonly Finding[]): Html {
  if (findings.length === 0) return nothing;
  const rest = findings.length - mostFindings;
  const items = findings
    .slice(0, mostFindings)
    .map(
      (finding) =>
        html`<li><span class="mono ${finding.severity === "error" ? "red" : "yellow"}">${place({ ...finding, line: finding.line || undefined })}</span> ${prose(finding.message)}${finding.mend !== undefined && html` <span class="soft">${prose(finding.mend)}</span>`}${finding.rule !== undefined && html` <span class="soft">${finding.rule}</span>`}</li>`,
    );
  return html`<ul class="plain">${items}${rest > 0 && html`<li><a href="#findings">and ${plural(rest, "more finding")}</a></li>`}</ul>`;
}

function coverageLine(coverage: NonNullable<StepRun["coverage"]>): Html {
  const units = coverage.branches.total > 0 ? "lines or branches" : "lines";
  return html`<p><span class="red">Coverage ${coverageWords(coverage)}</span>: ${coverageLack(coverage)} ${units} short; <a href="#coverage">which files</a></p>`;
}

function mendLine(mend: string): Html {
  return mend === "" ? nothing : html`<p class="mend">${prose(mend)}</p>`;
}

/** Where a step's log stands in the page. */
export function logId(log: string): string {
  return `log-${log.replace(/[^\w.-]+/g, "-")}`;
}
