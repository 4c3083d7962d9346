import type { Command } from "commander";
import { addDeployOptions, type DeployOptions } from "../deploy/options.ts";
import type { Terminal } from "../main.ts";

export function addRollback(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addDeployOptions(program.command("rollback"))
    .summary("bring an earlier version back and prove it")
    .description(
      "Brings an earlier version back: the proven one before what serves now, or the one that is named. It is a deploy like any other: locked, recorded and proven.",
    )
    .option("--to <version>", "a deployment, tag or commit (default: the version before)")
    .addHelpText("after", examples)
    .action(async (options: DeployOptions) => {
      const { deployCommand } = await import("../deploy/deploy-command.ts");
      const { findRollback } = await import("../../deploy/wanted/find-rollback.ts");
      const exit = await deployCommand(options, terminal, (project, opened) =>
        findRollback(project.source.root, opened, options.to),
      );
      finish(exit);
    });
}

const examples = `
Examples:
  gantry rollback --env production                 the version before; once more: the one before that
  gantry rollback --env production --to v1.0.0     that version
  gantry history --env production                  what could be named`;
