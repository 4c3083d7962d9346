import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { seconds } from "../numbers.ts";
import type { OutputOptions } from "../options.ts";

/** Words of every command on an environment. */
export interface EnvironmentOptions extends CommonOptions {
  readonly env: string;
}

/** Words of the commands that bring a version to an environment. */
export interface DeployOptions extends EnvironmentOptions, OutputOptions {
  readonly ref?: string;
  readonly to?: string;
  readonly from?: string;
  readonly plan?: boolean;
  readonly again?: boolean;
  readonly wait?: number;
}

export function addEnvironmentOptions(command: Command, word = "--env <name>"): Command {
  return addCommonOptions(command).requiredOption(word, "the environment");
}

export function addDeployOptions(command: Command, word?: string): Command {
  return addEnvironmentOptions(command, word)
    .option("--wait <seconds>", "how long to wait for another deploy to end", seconds, 0)
    .option("--output <dir>", "the run's folder (default: .gantry/runs/<id>)")
    .option("--runs <dir>", "the folder that runs are kept in (default: .gantry/runs)");
}
