import type { Run, StepRun } from "../../execute/run.ts";
import { duration, wordsOf } from "../words.ts";
import { logHtml } from "./ansi.ts";
import { type Html, html, nothing } from "./html.ts";
import { section, toggle } from "./parts.ts";
import { logId } from "./trouble.ts";

/** What the tools said, folded; logs by their path in the run's folder. */
export function logs(run: Run, texts: ReadonlyMap<string, string>): Html {
  const steps = run.stages.flatMap((stage) =>
    stage.steps
      .filter((step) => step.log !== undefined)
      .map((step) => logOf(stage.id, step, texts)),
  );
  if (steps.length === 0) return nothing;
  return section("logs", "Logs", html`<div class="card">${steps}</div>`, toggle("logs"));
}

function logOf(stage: string, step: StepRun, texts: ReadonlyMap<string, string>): Html {
  const path = step.log as string;
  const text = texts.get(path) ?? step.tail;
  const { symbol, colour } = wordsOf(step);
  const body =
    text === undefined || text.trim() === ""
      ? html`<div class="soft">see ${path}</div>`
      : html`<pre class="log">${logHtml(text.trimEnd())}</pre>`;
  return html`<details class="row" id="${logId(path)}"><summary><span class="${colour}">${symbol}</span> ${stage} <span class="soft">${step.component ?? ""}</span> <code>${step.command ?? step.title}</code> <span class="soft">${duration(step.seconds)}</span></summary>${body}</details>
`;
}
