import { type Html, html, nothing } from "../../html/html.ts";
import { page } from "../../html/page.ts";
import { section } from "../../html/parts.ts";
import type { Colour } from "../../words.ts";
import type { Dashboard, Holds } from "../dashboard.ts";
import { minute, summarySentence } from "../words.ts";
import { metricCard } from "./card.ts";
import { pyramidSection } from "./pyramid.ts";
import { dashboardStyle } from "./style.ts";
import {
  environmentTable,
  flakyTable,
  readTable,
  runTable,
  stageTable,
  targetTable,
} from "./tables.ts";

/** SHA-256 of the dashboard's own style, base64; a test keeps it right. */
export const dashboardStyleHash = "0W7/cx/pQqo0YOXWuKJLYtBM9yvaA/yRhQlTYa/fVkw=";

const ofRuns = ["build-duration", "test-time", "run-success", "test-success", "coverage"];

/** The dashboard as one HTML file that needs nothing else: no network, no other file. */
export function dashboardHtml(dashboard: Dashboard): string {
  const { metrics, pyramid, environment, name, gantry } = dashboard;
  const cards = (isOfRuns: boolean): Html =>
    html`<div class="cols">${metrics.filter(({ id }) => ofRuns.includes(id) === isOfRuns).map(metricCard)}</div>`;
  const deploys = environment === undefined ? "Deployments" : `Deployments to ${environment}`;
  const sections: readonly (readonly [string, string, Html])[] = [
    ["targets", "Targets", targetTable(dashboard)],
    ["checks", "Checks", section("checks", "Checks", cards(true))],
    ["pyramid", "Test pyramid", pyramidSection(pyramid)],
    ["deployments", "Deployments", section("deployments", deploys, cards(false))],
    ["environments", "Environments", environmentTable(dashboard)],
    ["stages", "Slowest stages", stageTable(dashboard)],
    ["flaky", "Flaky tests", flakyTable(dashboard)],
    ["runs", "Runs", runTable(dashboard)],
    ["read", "What was read", readTable(dashboard)],
  ];
  const shown = sections.filter(([, , body]) => body !== nothing);
  const links = shown.map(([id, title]) => html`<a href="#${id}">${title}</a>`);
  return page(
    `Dashboard: ${name}`,
    html`${head(dashboard)}<nav><div class="in">${links}</div></nav>
<main>${shown.map(([, , body]) => body)}</main>
<footer>Gantry ${gantry} · made ${minute(dashboard.to)} UTC</footer>`,
    { style: dashboardStyle, hash: dashboardStyleHash },
  );
}

function head({ metrics, pyramid, name, from, to, environment, read }: Dashboard): Html {
  const all = [...metrics.map(({ holds }) => holds), pyramid.holds];
  return html`<header class="${colourOf(all)}"><div class="in">
<h1>${summarySentence(all)}</h1>
<div class="title">${name} · delivery dashboard</div>
<dl class="facts"><div><dt>from</dt><dd>${minute(from)} UTC</dd></div><div><dt>to</dt><dd>${minute(to)} UTC</dd></div><div><dt>runs</dt><dd>${read.runs}</dd></div><div><dt>environment</dt><dd>${environment ?? "none"}</dd></div></dl>
</div></header>
`;
}

function colourOf(all: readonly Holds[]): Colour {
  if (all.includes("no")) return "red";
  return all.includes("unknown") ? "yellow" : "green";
}
