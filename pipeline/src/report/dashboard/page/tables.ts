import { type Html, html, nothing } from "../../html/html.ts";
import { bar, pill, section } from "../../html/parts.ts";
import { duration, outcomeWords, verdictWords } from "../../words.ts";
import type { Dashboard } from "../dashboard.ts";
import { holdsWords, measuredWords, minute, targetWords, trendWords } from "../words.ts";
import { shareWords, stagesWords } from "./pyramid.ts";

/** Every metric in one table. */
export function targetTable({ metrics, pyramid }: Dashboard): Html {
  const rows = metrics.map(
    (metric) =>
      html`<tr><td><a href="#${metric.id}">${metric.title}</a></td><td class="w">${measuredWords(metric)}</td><td class="w">${metric.target ? targetWords(metric.target, metric.unit) : "–"}</td><td>${pill(holdsWords[metric.holds])}</td><td class="n small">${metric.count} ${metric.of}</td></tr>
`,
  );
  return section(
    "targets",
    "Measured against targets",
    html`<div class="card wide"><table><tr><th>metric</th><th>measured</th><th>target</th><th>holds</th><th class="n small">observed</th></tr>
${rows}<tr><td><a href="#pyramid">Test pyramid</a></td><td class="w">${shareWords(pyramid)}</td><td class="w">${pyramid.levels.map(({ target }) => target).join(" / ")} ± ${pyramid.tolerance}</td><td>${pill(holdsWords[pyramid.holds])}</td><td class="n small">${stagesWords(pyramid)}</td></tr></table></div>`,
  );
}

/** How long each stage takes. */
export function stageTable({ stages }: Dashboard): Html {
  if (stages.length === 0) return nothing;
  const most = Math.max(...stages.map(({ value = 0 }) => value), 0.001);
  const rows = stages.map(
    ({ id, count, value, p95, trend }) =>
      html`<tr><td class="nowrap"><strong>${id}</strong></td><td class="n">${count}</td><td class="n">${value === undefined ? "not enough" : duration(value)}</td><td class="small">${value === undefined ? nothing : bar({ from: 0, length: (100 * value) / most, colour: "grey" })}</td><td class="n">${p95 === undefined ? "" : duration(p95)}</td><td class="w small">${trend ? trendWords(trend, { id, unit: "seconds" }) : html`<span class="soft">not enough for a trend</span>`}</td></tr>
`,
  );
  return section(
    "stages",
    "Slowest stages",
    html`<div class="card wide"><table><tr><th>stage</th><th class="n">runs</th><th class="n">median</th><th class="small"></th><th class="n">95% within</th><th class="small">trend</th></tr>${rows}</table></div>`,
  );
}

export function flakyTable({ flaky }: Dashboard): Html {
  const rows = flaky.map(
    ({ name, runs, of, last }) =>
      html`<tr><td class="w mono">${name}</td><td class="n">${runs} of ${of}</td><td class="n nowrap small">${minute(last)}</td></tr>
`,
  );
  const body =
    flaky.length === 0
      ? html`<div class="card pad soft">No test failed and then passed in the same run. Only suites that run failed tests again can show this.</div>`
      : html`<div class="card wide"><table><tr><th>failed, then passed in the same run</th><th class="n">runs</th><th class="n small">last (UTC)</th></tr>${rows}</table></div>`;
  return section("flaky", "Flaky tests", body);
}

export function environmentTable({ environments, environment }: Dashboard): Html {
  if (environments.length === 0) return nothing;
  const rows = environments.map(
    (one) =>
      html`<tr><td><strong>${one.name}</strong>${one.name === environment ? html` <span class="soft">measured above</span>` : nothing}</td>${
        one.unavailable === undefined
          ? html`<td class="n">${one.attempts}</td><td class="n">${one.proven}</td><td class="n">${one.failed}</td><td class="w">${one.lastProven ? minute(one.lastProven) : "never on record"}${one.cut ? html` <span class="yellow">! older attempts were not read</span>` : nothing}${one.breaks > 0 ? html` <span class="red">✗ the record was changed by somebody else</span>` : nothing}</td>`
          : html`<td class="w" colspan="4"><span class="yellow">? cannot be read:</span> ${one.unavailable}</td>`
      }<td class="w soft small">${one.place}</td></tr>
`,
  );
  return section(
    "environments",
    "Environments",
    html`<div class="card wide"><table><tr><th>environment</th><th class="n">attempts</th><th class="n">proven</th><th class="n">failed</th><th>last proven (UTC)</th><th class="small">record</th></tr>${rows}</table></div>`,
  );
}

export function runTable({ runs, read }: Dashboard): Html {
  const rows = runs.map((run) => {
    const when = minute(run.at);
    const red = run.red.map(({ id, outcome }) => `${id}: ${outcomeWords[outcome].word}`).join(", ");
    const { word, ...verdict } = verdictWords[run.verdict];
    return html`<tr><td class="nowrap">${run.report ? html`<a href="${run.report}">${when}</a>` : when}</td><td>${pill({ ...verdict, word: word.toLowerCase() })}</td><td class="n">${duration(run.seconds)}</td><td class="w">${run.branch}</td><td class="small nowrap mono">${run.commit.slice(0, 8)}</td><td class="small nowrap">${run.event}</td><td class="w small">${red}</td></tr>
`;
  });
  if (rows.length === 0) return nothing;
  const all = read.runs > runs.length ? `The newest ${runs.length} of ${read.runs} runs` : "Runs";
  return section(
    "runs",
    all,
    html`<div class="card wide"><table><tr><th>began (UTC)</th><th>verdict</th><th class="n">time</th><th>branch</th><th class="small">commit</th><th class="small">event</th><th class="small">red</th></tr>${rows}</table></div>`,
  );
}

/** What the numbers stand on, and what was left out. */
export function readTable({ read, from, to }: Dashboard): Html {
  return section(
    "read",
    "What was read",
    html`<div class="card pad"><p>${read.runs} runs that began between ${minute(from)} and ${minute(to)} UTC, from <code>${read.place}</code>. Runs on other machines, and of CI, are not among them unless their folders are there.</p>
<ul class="plain">${read.leftOut.map(({ why, count }) => html`<li><span class="yellow">!</span> ${count} left out: ${why}</li>`)}</ul></div>`,
  );
}
