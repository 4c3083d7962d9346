import type { Command } from "commander";
import { addDeployOptions, type DeployOptions } from "../deploy/options.ts";
import type { Terminal } from "../main.ts";

export function addPromote(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addDeployOptions(program.command("promote"), "--to <name>")
    .summary("bring what is proven in one environment to another")
    .description("Deploys the very version that serves and is proven in another environment.")
    .requiredOption("--from <name>", "the environment whose version is meant")
    .addHelpText("after", examples)
    .action(async (options: DeployOptions & { readonly from: string; readonly to: string }) => {
      const { deployCommand } = await import("../deploy/deploy-command.ts");
      const { findPromotion } = await import("../deploy/find-promotion.ts");
      const exit = await deployCommand({ ...options, env: options.to }, terminal, (project) =>
        findPromotion(project, options.from, terminal.env),
      );
      finish(exit);
    });
}

const examples = `
Examples:
  gantry promote --from staging --to production`;
