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
      const { openEnvironment } = await import("../environment/open.ts");
      const { findPromotion } = await import("../../deploy/wanted/find-promotion.ts");
      const into = { ...options, env: options.to };
      const exit = await deployCommand(into, terminal, async (project) => {
        const from = await openEnvironment(project, options.from, terminal.env);
        return from.ok ? findPromotion(from.value) : from;
      });
      finish(exit);
    });
}

const examples = `
Examples:
  gantry promote --from staging --to production`;
