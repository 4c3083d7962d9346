import type { Run } from "../../execute/run.ts";
import { type Html, html, nothing } from "./html.ts";
import { prose, section } from "./parts.ts";

/** What a person asks when a run surprises: what was planned and why, with what, and what was guessed. */
export function background(run: Run): Html {
  const cards = [tools(run), inferred(run), measures(run)].filter((card) => card !== nothing);
  return section("plan", "Plan and tools", html`${planned(run)}<div class="cols">${cards}</div>`);
}

function planned({ plan }: Run): Html {
  const rows = plan.stages.map(
    (stage) =>
      html`<tr><td class="nowrap"><strong>${stage.id}</strong></td><td>${stage.run ? "runs" : html`<span class="soft">left out</span>`}</td><td class="w">${prose(stage.reason)}</td><td class="hide soft">${stage.needs.length > 0 && `after ${stage.needs.join(", ")}`}</td><td class="n hide">${stage.blocking ? "" : html`<span class="soft">does not block</span>`}</td></tr>`,
  );
  return html`<details class="card"><summary class="pad"><strong>The plan</strong> <span class="soft">made ${plan.origin === "file" ? "from gantry.yaml" : "from what the repository shows"}, source ${plan.source.slice(0, 16)}</span></summary><table>${rows}</table></details>`;
}

function tools(run: Run): Html {
  const list = Object.entries(run.tools);
  if (list.length === 0) return nothing;
  const rows = list.map(
    ([name, version]) => html`<tr><td>${name}</td><td class="mono w">${version}</td></tr>`,
  );
  return html`<div class="card"><table><tr><th>tool</th><th>version</th></tr>${rows}</table></div>`;
}

function inferred({ plan }: Run): Html {
  if (plan.inferred.length === 0) return nothing;
  const rows = plan.inferred.map(
    ({ what, from }) =>
      html`<tr><td class="w">${prose(what)}</td><td class="w soft">${prose(from)}</td></tr>`,
  );
  return html`<div class="card"><table><tr><th>inferred</th><th>from</th></tr>${rows}</table></div>`;
}

function measures(run: Run): Html {
  const list = run.stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      Object.entries(step.measures ?? {}).map(([key, value]) => ({ stage: stage.id, key, value })),
    ),
  );
  if (list.length === 0) return nothing;
  const rows = list.map(
    ({ stage, key, value }) =>
      html`<tr><td>${stage}</td><td>${key}</td><td class="n mono">${value}</td></tr>`,
  );
  return html`<div class="card"><table><tr><th>measured in</th><th>what</th><th></th></tr>${rows}</table></div>`;
}
