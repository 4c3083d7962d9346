import { type Html, html } from "../../html/html.ts";
import { bar, pill, section } from "../../html/parts.ts";
import { percent, plural } from "../../words.ts";
import type { Pyramid } from "../dashboard.ts";
import { holdsWords } from "../words.ts";

/** How many tests there are of each kind, against the shape that is wanted. */
export function pyramidSection(pyramid: Pyramid): Html {
  const rows = pyramid.levels.map((level) => {
    const { share, tests, target, stages } = level;
    const near = share !== undefined && Math.abs(share - target) <= pyramid.tolerance;
    const from = stages.map(({ id, run }) => `${id} of run ${run}`).join(", ");
    return html`<div class="level" title="${from}"><strong>${level.level}</strong>${bar({ from: 0, length: share ?? 0, colour: share === undefined ? "grey" : near ? "green" : "yellow", mark: target })}<span class="soft">${tests === undefined ? "could not run" : plural(tests, "test")}${share === undefined ? "" : ` · ${percent(share)}`} · target ${target}%</span></div>
`;
  });
  return section(
    "pyramid",
    "Test pyramid",
    html`<div class="card pad"><div class="split"><h3>${shareWords(pyramid)}</h3>${pill(holdsWords[pyramid.holds])}</div>${rows}
<p class="soft">Tests that passed or failed, of each stage in the newest run in which it had any. End-to-end are e2e-tests, smoke-tests and the tests that follow a deploy. The shape holds where no level is more than ${pyramid.tolerance} points from its target.</p></div>`,
  );
}

/** `80% / 15% / 5%`, or why there is no shape. */
export function shareWords({ levels, lacks }: Pyramid): string {
  if (lacks !== undefined) return lacks;
  return levels.map(({ share = 0 }) => percent(share)).join(" / ");
}

export function stagesWords({ levels }: Pyramid): string {
  return plural(
    levels.reduce((sum, { tests = 0 }) => sum + tests, 0),
    "test",
  );
}
