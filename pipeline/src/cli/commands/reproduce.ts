import { type Command, Option } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { collectStage } from "../options.ts";
import type { ReproduceOptions } from "../reproduce/reproduce.ts";

export function addReproduce(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("reproduce"))
    .summary("run what was red in a run again, here: the same commit and plan")
    .description(
      "Runs what was red in a run of GitHub or of this machine again: the same commit in a copy of its own, the same plan, its red stages and what they need. Then says what came out as it did there. Changes nothing in the world, and nothing in your files and branches. Ends with the verdict here: 0 green, 1 red, 3 unknown.",
    )
    .argument(
      "<run>",
      "a run's number or address on GitHub, or a run's id or folder on this machine",
    )
    .option(
      "--only <stage>",
      "this stage and what it needs, red or not; may be repeated",
      collectStage,
    )
    .addOption(
      new Option("--on <executor>", "where it runs")
        .choices(["auto", "host", "dagger"])
        .default("auto"),
    )
    .addHelpText("after", examples)
    .action(async (run: string, options: ReproduceOptions) => {
      const { reproduce } = await import("../reproduce/reproduce.ts");
      finish(await reproduce(run, options, terminal));
    });
}

const examples = `
Examples:
  gantry reproduce 1234567890                    a run of this repository on GitHub, by its number
  gantry reproduce https://github.com/OWNER/NAME/actions/runs/1234567890
  gantry reproduce ./test-results                the folder of a run that was downloaded

GITHUB_TOKEN has to be a token with \`actions: read\`: GITHUB_TOKEN=$(gh auth token) gantry reproduce …`;
