import type { Run } from "../../execute/run.ts";
import { notRunAgain, notRunTitle } from "../earlier.ts";
import { verdictWords } from "../words.ts";
import { background } from "./background.ts";
import { coverage } from "./coverage.ts";
import { findings } from "./findings.ts";
import { head } from "./head.ts";
import { type Html, html, nothing } from "./html.ts";
import { logs } from "./logs.ts";
import { page } from "./page.ts";
import { prose, section } from "./parts.ts";
import { stages } from "./stages.ts";
import { tests } from "./tests.ts";
import { timeline } from "./timeline.ts";
import { trouble } from "./trouble.ts";

/**
 * The run as one HTML file that needs nothing else: no network, no other file.
 * @param texts the steps' logs, by their path in the run's folder
 */
export function reportHtml(run: Run, texts: ReadonlyMap<string, string>): string {
  const sections: readonly (readonly [string, string, Html])[] = [
    ["stages", "Stages", stages(run)],
    ["trouble", "What needs a look", trouble(run)],
    ["warnings", "Warnings", warnings(run)],
    ["earlier", "Not run again", earlier(run)],
    ["timeline", "Timeline", timeline(run)],
    ["tests", "Tests", tests(run)],
    ["coverage", "Coverage", coverage(run)],
    ["findings", "Findings", findings(run)],
    ["logs", "Logs", logs(run, texts)],
    ["plan", "Plan and tools", background(run)],
  ];
  const shown = sections.filter(([, , body]) => body !== nothing);
  const links = shown.map(([id, title]) => html`<a href="#${id}">${title}</a>`);
  const title = `${verdictWords[run.verdict].word}: ${run.plan.name}, ${run.plan.trigger.branch}`;
  return page(
    title,
    html`${head(run)}<nav><div class="in">${links}</div></nav>
<main>${shown.map(([, , body]) => body)}</main>
<footer>Gantry ${run.plan.gantry} · run ${run.id}</footer>`,
  );
}

/** What stands from other runs, and why that is safe. */
function earlier(run: Run): Html {
  const items = notRunAgain(run).map((sentence) => html`<li>${prose(sentence)}</li>`);
  if (items.length === 0) return nothing;
  return section(
    "earlier",
    notRunTitle,
    html`<div class="card pad"><ul class="plain">${items}</ul></div>`,
  );
}

function warnings(run: Run): Html {
  const notChecked = run.stages.flatMap((stage) =>
    stage.notChecked.map((what) => `${stage.id} could not check: ${what}`),
  );
  const all = [...notChecked, ...run.warnings];
  if (all.length === 0) return nothing;
  const items = all.map(
    (warning) => html`<li><span class="yellow">!</span> ${prose(warning)}</li>`,
  );
  return section(
    "warnings",
    "Warnings",
    html`<div class="card pad"><ul class="plain">${items}</ul></div>`,
  );
}
