import { type Command, Option } from "commander";
import type { StageId } from "../../plan/plan.ts";
import type { Terminal } from "../main.ts";
import { addPlanOptions, collectStage } from "../options.ts";
import type { CiOptions } from "../run/run-checks.ts";

export function addCi(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  addRunOptions(program.command("ci"))
    .summary("every check that this event calls for")
    .description("Runs every check that this event calls for. Changes nothing in the world.")
    .option("--plan <file>", "run a plan that was made before, on the same source")
    .addHelpText("after", ciExamples)
    .action(async (options: CiOptions) => finish(await run(options, terminal)));

  addRunOptions(program.command("run"))
    .summary("these checks and what they need")
    .description("Runs the named stages and the stages that they need.")
    .argument("<stage...>", "the stages", collectStage)
    .addHelpText("after", runExamples)
    .action(async (stages: StageId[], options: CiOptions) =>
      finish(await run({ ...options, only: [...stages, ...(options.only ?? [])] }, terminal)),
    );
}

/** Loaded when it is wanted: `plan` and `--help` answer at once without it. */
async function run(options: CiOptions, terminal: Terminal): Promise<number> {
  const { runChecks } = await import("../run/run-checks.ts");
  return runChecks(options, terminal);
}

function addRunOptions(command: Command): Command {
  return addPlanOptions(command)
    .addOption(
      new Option("--on <executor>", "where it runs")
        .choices(["auto", "host", "dagger"])
        .default("auto"),
    )
    .option("--output <dir>", "the run's folder (default: .gantry/runs/<id>)")
    .option(
      "--runs <dir>",
      "the folder that runs are kept in, with `latest` (default: .gantry/runs)",
    );
}

const ciExamples = `
Examples:
  gantry ci                                      what GitHub would check on this branch
  gantry ci --event push --branch main           what a push to main would check
  gantry ci --skip integration-tests --json      without one stage, the run as JSON on stdout`;

const runExamples = `
Examples:
  gantry run unit-tests                          the unit tests, after code-quality
  gantry run unit-tests --skip code-quality      the unit tests alone`;
