import type { Run, Tests } from "../../execute/run.ts";
import { duration, plural, testWords } from "../words.ts";
import { type Html, html, nothing } from "./html.ts";
import { bar, section } from "./parts.ts";

const mostSlow = 15;

/** How many tests there were, which were slow and which changed their mind. */
export function tests(run: Run): Html {
  const all = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      step.tests ? [{ name: step.component ?? step.id, stage: stage.id, tests: step.tests }] : [],
    ),
  );
  if (all.length === 0) return nothing;
  const counts = all.map(
    ({ name, stage, tests: own }) =>
      html`<tr><td>${stage} <span class="soft">${name}</span></td><td class="w">${testWords(own)}</td><td>${share(own)}</td></tr>`,
  );
  const body = html`<div class="card"><table><tr><th>where</th><th>tests</th><th></th></tr>${counts}</table></div>
${flaky(all.flatMap((each) => each.tests.flaky))}${slowest(all.flatMap((each) => each.tests.slowest))}`;
  return section("tests", "Tests", body);
}

function share({ passed, failed }: Tests): Html {
  const decided = passed + failed;
  if (decided === 0) return nothing;
  // Few failures among many tests must still be seen.
  const length = failed > 0 ? Math.min(97, (100 * passed) / decided) : 100;
  return bar({ from: 0, length, colour: "green", rest: failed > 0 ? "red" : undefined });
}

function flaky(names: readonly string[]): Html {
  if (names.length === 0) return nothing;
  const unique = [...new Set(names)];
  return html`<div class="card pad"><h3 class="yellow">${plural(unique.length, "flaky test")}: failed first, then passed</h3>
<ul class="plain">${unique.map((name) => html`<li class="mono">${name}</li>`)}</ul></div>`;
}

function slowest(list: Tests["slowest"]): Html {
  const sorted = list.toSorted((a, b) => b.seconds - a.seconds).slice(0, mostSlow);
  const most = sorted[0]?.seconds ?? 0;
  if (most <= 0) return nothing;
  const rows = sorted.map(
    ({ name, seconds }) =>
      html`<tr><td class="w mono">${name}</td><td>${bar({ from: 0, length: (100 * seconds) / most, colour: "grey" })}</td><td class="n">${duration(seconds)}</td></tr>`,
  );
  return html`<details class="card"><summary class="pad"><strong>The slowest tests</strong></summary><table>${rows}</table></details>`;
}
