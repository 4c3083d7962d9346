import type { Command } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { MigrateOptions } from "../migrate/migrate.ts";

export function addMigrate(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("migrate"))
    .summary("the way to a pipeline as a list that ticks itself off")
    .description(
      "Shows the five phases of a migration: what can be seen is seen, what only people know is ticked by name and day in .gantry-migration.yaml.",
    )
    .option("--done <step>", "tick a step that only people can know of")
    .option("--by <name>", "who says so (default: git's user.name)")
    .addHelpText("after", examples)
    .action(async (options: MigrateOptions) => {
      const { runMigrate } = await import("../migrate/migrate.ts");
      finish(await runMigrate(options, terminal));
    });
}

const examples = `
Examples:
  gantry migrate                                 what is done, and what comes next
  gantry migrate --done walkthrough --by Ada     a step that only people can know of`;
