import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Run } from "../../execute/run.ts";
import { githubAnnotations } from "../../report/annotations.ts";
import { runOutputs } from "../run-outputs.ts";
import { stageGate } from "../stage-gate.ts";

/**
 * The local action `.github/actions/stage`. With `report`, it hands the run on to later jobs and
 * shows its summary; with `stage`, it fails unless that stage passed or was left out by plan.
 */
const report = input("report");
if (report === "") judge(input("stage"), input("run"));
else publish(report);

function publish(folder: string): void {
  const file = `${folder}/run.json`;
  if (!existsSync(file)) {
    console.log("no run left a report");
    return;
  }
  const run = JSON.parse(readFileSync(file, "utf8")) as Run;
  for (const line of githubAnnotations(run)) console.log(line);
  const summary = `${folder}/summary.md`;
  if (existsSync(summary)) append("GITHUB_STEP_SUMMARY", readFileSync(summary, "utf8"));
  for (const [name, value] of Object.entries(runOutputs(run))) {
    append("GITHUB_OUTPUT", `${name}=${value}\n`);
  }
}

function judge(stage: string, text: string): void {
  const gate = stageGate(text === "" ? undefined : (JSON.parse(text) as Run), stage);
  console.log(gate.green ? gate.message : `::error title=${stage}::${gate.message}`);
  if (!gate.green) process.exitCode = 1;
}

/** GitHub hands an action's inputs over as variables. */
function input(name: string): string {
  return process.env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";
}

function append(variable: string, text: string): void {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
}
