import { type Html, html, nothing } from "../../html/html.ts";
import { pill } from "../../html/parts.ts";
import type { Metric } from "../dashboard.ts";
import { holdsWords, minute, shownValue, targetWords, trendWords } from "../words.ts";
import { chart } from "./chart.ts";

/** One metric: its value, its target, its trend, and what exactly it is. */
export function metricCard(metric: Metric): Html {
  const { id, title, holds, target, unit, series, trend } = metric;
  const kind = metric.summary === "share" || unit === "per-day" ? "bars" : "line";
  return html`<div class="card pad metric" id="${id}"><div class="split"><h3>${title}</h3>${pill(holdsWords[holds])}</div>
${measured(metric)}
${target ? html`<p class="soft">Target: ${targetWords(target, unit)}</p>` : nothing}
${series.length > 1 ? chart({ ...metric, target, kind }) : nothing}
${trend ? html`<p>${trendWords(trend, metric)}</p>` : series.length > 1 && html`<p class="note">Not enough in both halves of the time for a trend.</p>`}
${meaning(metric)}</div>
`;
}

function measured({ value, p95, unit, lacks, summary, count, of }: Metric): Html {
  if (value === undefined) return html`<div class="big none">${lacks ?? ""}</div>`;
  const tail = p95 === undefined ? "" : `; 95% within ${shownValue(p95, unit)}`;
  return html`<div class="big">${shownValue(value, unit)}</div><p class="soft">${summary} of ${count} ${of}${tail}</p>`;
}

function meaning({
  definition,
  source,
  count,
  of,
  needed,
  apart,
  parts,
  series,
  unit,
}: Metric): Html {
  const shown = (value: number | undefined): string =>
    value === undefined ? "not enough" : shownValue(value, unit);
  return html`<details><summary>What it measures, and its numbers</summary>
<p>${definition}</p><p>Source: ${source}. Observed: ${count} ${of}; a value takes ${needed}.</p>
${apart.map(({ why, count: left }) => html`<p>Not counted: ${left} ${why}.</p>`)}
${parts.length > 0 && html`<table><tr><th>event</th><th class="n">${of}</th><th class="n">median</th><th class="n">95% within</th></tr>${parts.map((part) => html`<tr><td>${part.name}</td><td class="n">${part.count}</td><td class="n">${shown(part.value)}</td><td class="n">${shown(part.p95)}</td></tr>`)}</table>`}
${series.length > 0 && html`<table><tr><th>time (UTC)</th><th class="n">value</th><th class="n">of</th></tr>${series.map((point) => html`<tr><td class="nowrap">${minute(point.at)}</td><td class="n">${shownValue(point.value, unit)}</td><td class="n">${point.count}</td></tr>`)}</table>`}
</details>`;
}
