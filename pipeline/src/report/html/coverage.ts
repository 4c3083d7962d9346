import type { Coverage, Run } from "../../execute/run.ts";
import { coverageWords, isBelow, lineRanges, percent } from "../words.ts";
import { type Html, html, nothing } from "./html.ts";
import { bar, section } from "./parts.ts";

/** How much is covered, against the gate, and which lines of which files are not. */
export function coverage(run: Run): Html {
  const measured = run.stages.flatMap((stage) => {
    const parts = stage.steps.flatMap((step) =>
      step.coverage
        ? [{ name: `${stage.id} ${step.component ?? step.id}`, coverage: step.coverage }]
        : [],
    );
    const together = stage.coverage && parts.length !== 1;
    return together && stage.coverage
      ? [...parts, { name: `${stage.id} together`, coverage: stage.coverage }]
      : parts;
  });
  if (measured.length === 0) return nothing;
  const files = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => step.coverage?.missing ?? []),
  );
  return section(
    "coverage",
    "Coverage",
    html`<div class="card"><table><tr><th>where</th><th class="n">covered</th><th></th><th class="n hide">lines</th><th class="n hide">branches</th></tr>${measured.map(row)}</table></div>${fileList(files)}`,
  );
}

function row({ name, coverage: own }: { name: string; coverage: Coverage }): Html {
  const colour = isBelow(own) ? "red" : "green";
  return html`<tr><td>${name}</td><td class="n ${colour}">${coverageWords(own)}</td>
<td>${bar({ from: 0, length: own.percent, colour, mark: own.minimum })}</td>
<td class="n hide">${own.lines.covered} of ${own.lines.total}</td><td class="n hide">${own.branches.covered} of ${own.branches.total}</td></tr>`;
}

function fileList(files: Coverage["missing"]): Html {
  if (files.length === 0) return nothing;
  const rows = files
    .toSorted((a, b) => b.lines.length - a.lines.length)
    .map(({ file, lines, total }) => {
      const covered = total > 0 ? (100 * (total - lines.length)) / total : 0;
      return html`<tr><td class="w mono">${file}</td><td class="n">${percent(Math.max(0, covered))}</td><td class="n">${lines.length}</td><td class="w mono soft">${lineRanges(lines, 40)}</td></tr>`;
    });
  return html`<details class="card" open><summary class="pad"><strong>Lines that never ran</strong></summary>
<table><tr><th>file</th><th class="n">covered</th><th class="n">missing</th><th>lines</th></tr>${rows}</table></details>`;
}
