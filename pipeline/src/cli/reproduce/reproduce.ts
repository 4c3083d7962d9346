import { join } from "node:path";
import { ok, type Result } from "../../errors/problem.ts";
import { type Checkout, openCheckout } from "../../host/source/checkout.ts";
import { readSource } from "../../host/source/source.ts";
import type { StageId } from "../../plan/plan.ts";
import { gantryVersion } from "../../plan/version.ts";
import { narrowed, notPlanned, redStages } from "../../reproduce/choose.ts";
import { compareRuns } from "../../reproduce/compare.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { choosesDagger, runPlanned, showRun } from "../run/run-checks.ts";
import { type FoundRun, findRun } from "./find-run.ts";
import { showNothingRed, showPlan, showRepetition } from "./show.ts";

export interface ReproduceOptions extends CommonOptions {
  readonly on: "auto" | "host" | "dagger";
  readonly only?: StageId[];
}

/** Runs what was not green in a run again, on the same files and by the same plan, and compares. */
export async function reproduce(
  word: string,
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<number> {
  const root = await rootFolder(options.C, terminal.cwd);
  const found = await findRun(word, root, terminal);
  if (!found.ok) return refuse(found.problems, options, terminal);
  const stages = stagesOf(found.value, options);
  if (!stages.ok) return refuse(stages.problems, options, terminal);
  if (stages.value.length === 0) return showNothingRed(found.value, options, terminal);
  const local = await readSource(root);
  if (!local.ok) return refuse(local.problems, options, terminal);
  const alone = await choosesDagger(options, terminal);
  const checkout = await openCheckout(local.value, found.value.run.plan, { alone });
  if (!checkout.ok) return refuse(checkout.problems, options, terminal);
  try {
    const runs = join(local.value.root, ".gantry", "runs");
    const task = { word, found: found.value, stages: stages.value, checkout: checkout.value, runs };
    return await runAgain(task, { ...options, on: alone ? "dagger" : "host" }, terminal);
  } finally {
    await checkout.value.release();
  }
}

/** Those that are asked for by name, or else all that were not green. */
function stagesOf({ run, name }: FoundRun, { only }: ReproduceOptions): Result<readonly StageId[]> {
  if (!only) return ok(redStages(run));
  const strange = notPlanned(run, only);
  if (strange.length === 0) return ok(only);
  return {
    ok: false,
    problems: strange.map((id) => ({
      code: "GANTRY-USAGE" as const,
      message: `run ${name} did not run the check ${id}, so there is nothing to reproduce of it`,
      mend: `run it by itself: \`gantry run ${id}\``,
    })),
  };
}

interface Task {
  /** What the run was called. */
  readonly word: string;
  readonly found: FoundRun;
  readonly stages: readonly StageId[];
  readonly checkout: Checkout;
  /** Where the run's folder goes, whichever files it is of. */
  readonly runs: string;
}

async function runAgain(
  { word, found, stages, checkout, runs }: Task,
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<number> {
  const { source } = checkout;
  const notes = [...checkout.notes, ...planNotes(found)];
  const plan = { ...narrowed(found.run.plan, stages), source: source.hash };
  showPlan({ found, stages, notes }, options, terminal);
  const ended = await runPlanned({ source, plan }, { ...options, runs }, terminal);
  if (!ended.ok) return refuse(ended.problems, options, terminal);
  if ("cancelled" in ended.value) return ended.value.cancelled;
  const repeat = ({ id }: { id: StageId }) => `gantry reproduce ${word} --only ${id}`;
  await showRun(ended.value, { ...options, json: false, repeat }, terminal);
  const { run: here, folder } = ended.value;
  const { run: there, name } = found;
  const comparison = compareRuns(there, here);
  showRepetition({ comparison, there, here, name, notes, folder }, options, terminal);
  return here.exit;
}

function planNotes({ run: { plan } }: FoundRun): string[] {
  const { fork } = plan.trigger;
  return [
    ...(plan.gantry === gantryVersion
      ? []
      : [`planned by Gantry ${plan.gantry}, and run here by ${gantryVersion}`]),
    ...(fork
      ? ["the code is a fork's: it runs on this machine, and no secret is handed to it"]
      : []),
  ];
}
