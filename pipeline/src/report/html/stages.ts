import type { Run, StageRun } from "../../execute/run.ts";
import { earlierWords } from "../earlier.ts";
import {
  coverageWords,
  duration,
  isBelow,
  plural,
  testWords,
  troubledSteps,
  wordsOf,
} from "../words.ts";
import { type Html, html } from "./html.ts";
import { bar, pill, prose, section } from "./parts.ts";

/** Every stage of the plan in one table, those that were left out with their reason. */
export function stages(run: Run): Html {
  const rows = run.stages.map(row);
  return section(
    "stages",
    "Stages",
    html`<div class="card"><table>
<tr><th>stage</th><th>outcome</th><th class="n">time</th><th>what it says</th><th class="hide">coverage</th></tr>
${rows}</table></div>`,
  );
}

function row(stage: StageRun): Html {
  return html`<tr><td class="nowrap"><strong>${stage.id}</strong></td><td>${pill(wordsOf(stage))}</td>
<td class="n">${stage.seconds > 0 ? duration(stage.seconds) : ""}</td>
<td class="w">${says(stage)}</td><td class="hide">${covered(stage)}</td></tr>
`;
}

function says(stage: StageRun): Html {
  const facts = [
    stage.tests && testWords(stage.tests),
    stage.findings.length > 0 ? plural(stage.findings.length, "finding") : "",
    ...stage.notChecked.map((what) => `not checked: ${what}`),
    earlierWords(stage),
  ].filter(Boolean);
  if (stage.outcome !== "passed" && facts.length === 0) {
    const told = troubledSteps(stage).find((step) => step.explanation)?.explanation?.message;
    return html`<span class="soft">${prose(told ?? stage.reason)}</span>`;
  }
  return html`${facts.join(" · ")}`;
}

function covered({ coverage }: StageRun): Html {
  if (!coverage) return html``;
  const colour = isBelow(coverage) ? "red" : "green";
  return html`<span class="${colour} nowrap">${coverageWords(coverage)}</span>
${bar({ from: 0, length: coverage.percent, colour, mark: coverage.minimum })}`;
}
