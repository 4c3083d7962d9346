import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";

export interface UpdateOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

export function addUpdateDependencies(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("update-dependencies"))
    .summary("newer dependencies, tested, in one standing pull request")
    .description(
      "Updates the lock files in a copy of the source, tests them, leaves out what breaks the tests, and keeps one pull request with the rest.",
    )
    .option("--dry-run", "update and test in the copy, show the table; change nothing anywhere")
    .addHelpText("after", examples)
    .action(async (options: UpdateOptions) => {
      const { updateDependencies } = await import("../updates/update-dependencies.ts");
      finish(await updateDependencies(options, terminal));
    });
}

const examples = `
Examples:
  gantry update-dependencies --dry-run           what could be updated, and what breaks the tests
  gantry update-dependencies --dry-run --json    the same for a program
  gantry update-dependencies                     open, refresh or close the pull request`;
