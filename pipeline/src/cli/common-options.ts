import type { Command } from "commander";

/** Words that every command understands. */
export interface CommonOptions {
  readonly C?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

export function addCommonOptions(command: Command): Command {
  return command
    .option("-C <dir>", "the folder to work on (default: the repository around the current one)")
    .option("--config <file>", "the config to read (default: gantry.yaml, where there is one)")
    .option("--json", "one JSON document on stdout, everything else on stderr")
    .option("--quiet", "only the end")
    .option("--verbose", "also the output of what passed")
    .option("--no-color", "no colours (also NO_COLOR)");
}
