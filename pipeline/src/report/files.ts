import type { Run } from "../execute/run.ts";
import { reportHtml } from "./html/report.ts";
import { summaryMarkdown } from "./markdown/summary.ts";
import { metricsText } from "./metrics.ts";
import { stateJson } from "./state.ts";

/** The files at the top of a run's folder, by name. `logs` holds the end of each log, by its path. */
export function reportFiles(
  run: Run,
  logs: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  return [
    ["run.json", json(run)],
    ["plan.json", json(run.plan)],
    ["state.json", json(stateJson(run))],
    ["summary.md", summaryMarkdown(run)],
    ["metrics.txt", metricsText(run)],
    ["report.html", reportHtml(run, logs)],
  ];
}
