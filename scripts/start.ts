import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, type Terminal } from "../pipeline/src/cli/main.ts";
import type { Run, RunDeployment } from "../pipeline/src/execute/run.ts";
import { makeGantryFolder } from "../pipeline/src/host/gantry-folder.ts";
import { startClient } from "./start/client.ts";
import {
  backToFirst,
  type Change,
  change,
  countsWrongly,
  layOutExample,
  neverWell,
} from "./start/example.ts";

/**
 * `npm start`: the main job on the example application, from a scratch git repository, as a push to
 * main would do it; then what happens on bad days. The runs' folders are in this repository's
 * `.gantry/runs`.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const home = await makeGantryFolder(root);
const scratch = join(home, "start", "rose");
const terminal: Terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
};

process.exitCode = await start();

async function start(): Promise<number> {
  await layOutExample(join(root, "examples", "rose"), scratch);
  title("1 · Deliver: checks, deploy to this machine, proof");
  const exit = await gantry("deliver", "--on", "host");
  const delivered = await latest();
  if (exit !== 0 || !delivered?.url) return exit || 3;
  const report = join(await realpath(join(home, "runs", "latest")), "report.html");

  const client = startClient(delivered.url);
  title("2 · A version that is never well: the old one goes on serving");
  const never = await deployChanged(neverWell);
  title("3 · A version that goes live and fails its tests: the old one comes back");
  const wrong = await deployChanged(countsWrongly);
  const seen = await client.stop();
  await backToFirst(scratch);

  title("What served when");
  await main(["history", "-C", scratch, "--env", "production", "--most", "6"], terminal);
  title("Summary");
  const expectations: readonly [boolean, string][] = [
    [delivered.verdict === "live", `version 1: ${delivered.verdict}`],
    [
      never?.verdict === "never-live" && never.rollback === "not-needed",
      `version 2: ${never?.verdict}; the old one was left alone`,
    ],
    [
      wrong?.verdict === "tests-failed" && wrong.rollback === "done",
      `version 3: ${wrong?.verdict}; rollback ${wrong?.rollback}, the old one proven again`,
    ],
    [
      seen.failed === 0 && seen.unwell === 0,
      `a client asked ${seen.asked} times meanwhile: ${seen.failed} requests failed${seen.firstFailure ? ` (${seen.firstFailure})` : ""}, ${seen.unwell} answers came from a version that was not well`,
    ],
  ];
  for (const [holds, text] of expectations) say(`${holds ? "✓" : "✗"} ${text}`);
  say(
    `\nRose is running at ${delivered.url}; end her with \`scripts/gantry down --env production -C ${scratch}\``,
  );
  say(`The report of the delivery: ${report}`);
  return expectations.every(([holds]) => holds) ? 0 : 1;
}

async function deployChanged(what: Change): Promise<RunDeployment | undefined> {
  await change(scratch, what);
  await gantry("deploy");
  return latest();
}

function gantry(...words: string[]): Promise<number> {
  const where = ["-C", scratch, "--env", "production", "--runs", join(home, "runs")];
  return main([...words, ...where, ...process.argv.slice(2)], terminal);
}

async function latest(): Promise<RunDeployment | undefined> {
  const text = await readFile(join(home, "runs", "latest", "run.json"), "utf8");
  return (JSON.parse(text) as Run).deployment;
}

function title(text: string): void {
  say(`\n━━ ${text}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
