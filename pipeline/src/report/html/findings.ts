import type { Finding, Run } from "../../execute/run.ts";
import { type Html, html, nothing } from "./html.ts";
import { place, prose, section } from "./parts.ts";

const mostOpen = 100;

/** Every finding of every tool, by file. */
export function findings(run: Run): Html {
  const all = run.stages.flatMap((stage) => stage.findings);
  if (all.length === 0) return nothing;
  const byFile = [...Map.groupBy(all, (finding) => finding.file)];
  const groups = byFile.map(([file, list]) => group(file, list, all.length <= mostOpen));
  return section("findings", `Findings (${all.length})`, html`<div class="card">${groups}</div>`);
}

function group(file: string, list: readonly Finding[], open: boolean): Html {
  const rows = list
    .toSorted((a, b) => a.line - b.line)
    .map(
      (finding) =>
        html`<tr><td class="mono nowrap ${finding.severity === "error" ? "red" : "yellow"}">${place({ line: finding.line || undefined, column: finding.column })}</td><td class="w">${prose(finding.message)}${finding.mend !== undefined && html` <span class="soft">${prose(finding.mend)}</span>`}</td><td class="nowrap soft">${[finding.tool, finding.rule].filter(Boolean).join(" ")}</td></tr>`,
    );
  const opening = open ? html`<details class="row" open>` : html`<details class="row">`;
  return html`${opening}<summary><span class="mono">${file || "the pull request"}</span> <span class="soft">${list.length}</span></summary><div><table>${rows}</table></div></details>`;
}
