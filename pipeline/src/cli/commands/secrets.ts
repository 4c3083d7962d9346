import type { Command } from "commander";
import type { Terminal } from "../main.ts";
import { addCommonOptions } from "../options.ts";
import type { ScanOptions } from "../scan-secrets.ts";

export function addSecrets(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const secrets = program
    .command("secrets")
    .description("What the pipeline needs of secrets, and whether one stands in the code.");
  addCommonOptions(secrets.command("scan"))
    .summary("looks for secrets in commits")
    .description("Looks for secrets in the commits of this branch, or in all commits there are.")
    .option("--history", "every commit that a branch or tag reaches")
    .option("--branch <branch>", "the branch that is looked at (default: the current one)")
    .option("--base <branch>", "the branch from which on its commits are looked at")
    .addHelpText("after", scanExamples)
    .action(async (options: ScanOptions) => {
      const { scanSecrets } = await import("../scan-secrets.ts");
      finish(await scanSecrets(options, terminal));
    });
}

const scanExamples = `
Examples:
  gantry secrets scan                            what this branch adds
  gantry secrets scan --history                  everything that was ever committed`;
