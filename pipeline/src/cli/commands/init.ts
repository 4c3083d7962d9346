import type { Command } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { InitOptions } from "../init/init.ts";
import type { Terminal } from "../main.ts";

export function addInit(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("init"))
    .summary("makes a repository ready: config, workflows, templates, documents")
    .description(
      "Writes what a repository lacks of config, workflows, templates and documents. What is there is completed or shown as a difference, never overwritten.",
    )
    .option("--dry-run", "write nothing, only say what would be written")
    .option("--force <file>", "take the new text of this file; may be repeated", collect)
    .option("--module <address>", "where Gantry is published: github.com/OWNER/gantry@VERSION")
    .addHelpText("after", examples)
    .action(async (options: InitOptions) => {
      const { runInit } = await import("../init/init.ts");
      finish(await runInit(options, terminal));
    });
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

const examples = `
Examples:
  gantry init --dry-run                          what would be written here
  gantry init -C ../my-app --module github.com/OWNER/gantry@v1.0.0
  gantry init --force .github/workflows/ci-cd.yml
                                                 the new text of one file, whatever it says now`;
