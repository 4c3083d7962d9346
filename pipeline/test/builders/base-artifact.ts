import { stateJson } from "../../src/report/state.ts";
import { coverage } from "./run.ts";
import { greenRun } from "./sample-runs.ts";
import { unitTests } from "./stages.ts";
import { zipOf } from "./zip.ts";

/** What the checks of a push leave on GitHub, with this coverage of the unit tests. */
export function baseArtifact(percent: number) {
  const run = greenRun({ stages: [{ ...unitTests(), coverage: coverage({ percent }) }] });
  const content = zipOf([
    { name: "metrics.txt", content: "build_duration_seconds 12\n" },
    { name: "state.json", content: JSON.stringify(stateJson(run)) },
  ]);
  return { name: "workflow-metrics", content };
}
