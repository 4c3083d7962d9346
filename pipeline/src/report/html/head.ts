import type { Run } from "../../execute/run.ts";
import { verdictSentence, verdictWords } from "../words.ts";
import { type Html, html } from "./html.ts";

/** The verdict, and everything that says which run this is. */
export function head(run: Run): Html {
  const { symbol, colour } = verdictWords[run.verdict];
  const { trigger } = run.plan;
  const request = trigger.pullRequest;
  return html`<header class="${colour}"><div class="in">
<h1><span class="${colour}">${symbol}</span> ${verdictSentence(run)}</h1>
<div class="title">${run.plan.name}${request && html` · pull request ${request.number}: ${request.title}`}</div>
<dl class="facts">${facts(run).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
</div></header>
`;
}

function facts(run: Run): [string, Html][] {
  const { trigger } = run.plan;
  const base = trigger.base === undefined ? html`` : html` into <code>${trigger.base}</code>`;
  const started = run.startedAt.replace("T", " ").replace(/(?:\.\d+)?Z$/, " UTC");
  const facts: [string, Html | undefined][] = [
    ["trigger", html`${trigger.eventName}${trigger.fork ? " from a fork" : ""}`],
    ["branch", html`<code>${trigger.branch}</code>${base}`],
    ["commit", html`<code>${trigger.commit.slice(0, 8)}</code>`],
    ["by", trigger.actor === undefined ? undefined : html`${trigger.actor}`],
    ["started", html`${started}`],
    ["on", run.executor === "host" ? html`host processes` : html`Dagger`],
    ["run", runLink(run)],
  ];
  return facts.filter((fact): fact is [string, Html] => fact[1] !== undefined);
}

/** Only web addresses become links: nothing that would run when it is clicked. */
function runLink({ id, url }: Run): Html {
  return url !== undefined && /^https?:\/\//.test(url)
    ? html`<a href="${url}">${id}</a>`
    : html`<code>${id}</code>`;
}
