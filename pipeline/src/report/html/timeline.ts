import type { Run, StageRun, StepRun } from "../../execute/run.ts";
import { duration, wordsOf } from "../words.ts";
import { type Html, html, nothing } from "./html.ts";
import { bar, section } from "./parts.ts";

const mostSteps = 200;

/** When each stage and step ran, side by side as they did. */
export function timeline(run: Run): Html {
  const timed = run.stages.filter((stage) => stage.startedAt !== undefined && stage.seconds > 0);
  if (timed.length === 0) return nothing;
  const total = Math.max(
    run.seconds,
    ...timed.map((stage) => (stage.startedAt ?? 0) + stage.seconds),
  );
  const rows = timed.map((stage) => stageRows(stage, total));
  return section("timeline", "Timeline", html`<div class="card time">${axis(total)}${rows}</div>`);
}

function axis(total: number): Html {
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => html`<span>${duration(total * part)}</span>`);
  return html`<span></span><span class="axis">${marks}</span><span></span>`;
}

function stageRows(stage: StageRun, total: number): Html {
  const steps = stage.steps
    .filter((step) => step.startedAt !== undefined)
    .toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .slice(0, mostSteps);
  return html`${row(stage, total, "name")}${steps.map((step) => row(step, total, "name step"))}`;
}

function row(ran: StageRun | StepRun, total: number, kind: string): Html {
  const { colour, word } = wordsOf(ran);
  const name = "title" in ran ? titleOf(ran) : ran.id;
  const drawn = bar({
    from: (100 * (ran.startedAt ?? 0)) / total,
    length: (100 * ran.seconds) / total,
    colour: "reused" in ran && ran.reused ? "grey" : colour,
    thin: "title" in ran,
    track: true,
  });
  return html`<span class="${kind}" title="${name}: ${word}">${"title" in ran ? name : html`<strong>${name}</strong>`}</span>${drawn}<span class="secs">${duration(ran.seconds)}</span>
`;
}

function titleOf(step: StepRun): string {
  const { component, title } = step;
  const told = component === undefined || title.startsWith(component);
  const name = told ? title : `${component} · ${title}`;
  return step.reused ? `${name} (earlier result)` : name;
}
