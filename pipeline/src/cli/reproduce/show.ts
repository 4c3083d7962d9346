import type { StageId } from "../../plan/plan.ts";
import { createPen } from "../../report/terminal/paint.ts";
import { visibleLine } from "../../report/visible.ts";
import { listed } from "../../report/words.ts";
import { comparisonLines, type Repetition } from "../../reproduce/lines.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { FoundRun } from "./find-run.ts";

/** The two runs as data, and what came of comparing them. */
interface Told {
  readonly result: "reproduced" | "differs" | "unknown" | "nothing-red";
  readonly exit: number;
  readonly run: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** Says that a run was green; nothing is run. */
export function showNothingRed(
  found: FoundRun,
  options: CommonOptions,
  terminal: Terminal,
): number {
  const told = { result: "nothing-red", exit: 0, run: runFacts(found.run, found) } as const;
  if (options.json) writeJson(told, terminal);
  const verdict = `it ended ${found.run.verdict}`;
  terminal.stderr.write(
    `Nothing to reproduce: no check of run ${visibleLine(found.name)} was red (${verdict}). \`--only STAGE\` runs one all the same.\n`,
  );
  return 0;
}

/** Says what is about to be run, and of what. */
export function showPlan(
  {
    found,
    stages,
    notes,
  }: { found: FoundRun; stages: readonly StageId[]; notes: readonly string[] },
  { quiet }: CommonOptions,
  { stderr }: Terminal,
): void {
  if (quiet) return;
  const { commit, checkedOut } = found.run.plan.trigger;
  const merge = checkedOut ? `, merged as ${checkedOut.slice(0, 12)}` : "";
  const lines = [
    `reproducing ${listed([...stages])} of run ${found.name} (commit ${commit.slice(0, 12)}${merge})`,
    ...notes,
  ];
  stderr.write(`${lines.map((line) => visibleLine(line)).join("\n")}\n`);
}

/** Shows what the repetition came to, under the run's own summary. */
export function showRepetition(
  { folder, ...repetition }: Repetition & { readonly folder: string },
  options: CommonOptions,
  terminal: Terminal,
): void {
  const { comparison, there, here, name, notes } = repetition;
  const { stderr } = terminal;
  const pen = createPen({ color: useColor(options, terminal), width: stderr.columns ?? 100 });
  stderr.write(`${comparisonLines(repetition, pen).join("\n")}\n`);
  if (!options.json) return;
  const run = runFacts(there, { name });
  const told = { ...comparison, exit: here.exit, run, here: { ...here, folder }, notes };
  writeJson(told, terminal);
}

function runFacts(
  { id, url, verdict, executor, plan: { trigger } }: FoundRun["run"],
  { name }: Pick<FoundRun, "name">,
): Told["run"] {
  const { commit, checkedOut } = trigger;
  return { name, id, url, verdict, executor, commit, checkedOut };
}

function writeJson(told: Told, { stdout }: Terminal): void {
  stdout.write(`${JSON.stringify(told, null, 2)}\n`);
}
