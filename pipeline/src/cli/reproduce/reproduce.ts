import { join } from "node:path";
import { joinWords } from "../../config/words.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import { type Checkout, openCheckout } from "../../host/source/checkout.ts";
import { readSource } from "../../host/source/source.ts";
import type { StageId } from "../../plan/plan.ts";
import { gantryVersion } from "../../plan/version.ts";
import { narrowed, notPlanned, redStages } from "../../reproduce/choose.ts";
import { compareRuns } from "../../reproduce/compare.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { requireFolder } from "../project.ts";
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
  const wanted = await findWanted(word, options, terminal);
  if (!wanted.ok) return refuse(wanted.problems, options, terminal);
  const { found, stages } = wanted.value;
  if (stages.length === 0) return showNothingRed(found, options, terminal);
  const task = await openTask(wanted.value, options, terminal);
  if (!task.ok) return refuse(task.problems, options, terminal);
  try {
    return await runAgain(task.value, options, terminal);
  } finally {
    await task.value.checkout.release();
  }
}

interface Wanted {
  /** What the run was called. */
  readonly word: string;
  /** The folder that the command works on. */
  readonly root: string;
  readonly found: FoundRun;
  readonly stages: readonly StageId[];
}

async function findWanted(
  word: string,
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<Result<Wanted>> {
  const root = await rootFolder(options.C, terminal.cwd);
  const folder = await requireFolder(root);
  if (!folder.ok) return folder;
  const found = await findRun(word, root, terminal, (text) => {
    if (!options.quiet) terminal.stderr.write(`${text}\n`);
  });
  if (!found.ok) return found;
  const stages = stagesOf(found.value, options);
  return stages.ok ? ok({ word, root, found: found.value, stages: stages.value }) : stages;
}

interface Task extends Wanted {
  readonly on: "host" | "dagger";
  readonly checkout: Checkout;
  /** Where the run's folder goes, whichever files it is of. */
  readonly runs: string;
}

async function openTask(
  wanted: Wanted,
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<Result<Task>> {
  const local = await readSource(wanted.root);
  if (!local.ok) return local;
  const on = (await choosesDagger(options, terminal)) ? "dagger" : "host";
  const alone = on === "dagger";
  const checkout = await openCheckout(local.value, wanted.found.run.plan, { alone });
  if (!checkout.ok) return checkout;
  const runs = join(local.value.root, ".gantry", "runs");
  return ok({ ...wanted, on, checkout: checkout.value, runs });
}

/** Those that are asked for by name, or else all that were not green. */
function stagesOf({ run, name }: FoundRun, { only }: ReproduceOptions): Result<readonly StageId[]> {
  if (!only) return ok(redStages(run));
  const strange = notPlanned(run, only);
  if (strange.length === 0) return ok(only);
  return fail(
    ...strange.map(
      (id): Problem => ({
        code: "GANTRY-USAGE",
        message: `run ${name} did not run the check ${id}, so there is nothing to reproduce of it`,
        mend: `run it by itself: \`gantry run ${id}\``,
      }),
    ),
  );
}

async function runAgain(
  { word, found, stages, on, checkout, runs }: Task,
  options: ReproduceOptions,
  terminal: Terminal,
): Promise<number> {
  const { source } = checkout;
  const notes = [...checkout.notes, ...planNotes(found)];
  const plan = { ...narrowed(found.run.plan, stages), source: source.hash };
  showPlan({ found, stages, notes }, options, terminal);
  const ended = await runPlanned({ source, plan }, { ...options, on, runs }, terminal);
  if (!ended.ok) return refuse(ended.problems, options, terminal);
  if ("cancelled" in ended.value) return ended.value.cancelled;
  const repeat = ({ id }: { id: StageId }) =>
    joinWords(["gantry", "reproduce", word, "--only", id]);
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
