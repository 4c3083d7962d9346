import type { Command } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { SecretsOptions } from "../secrets/check-secrets.ts";
import type { ScanOptions } from "../secrets/scan-secrets.ts";

export function addSecrets(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const secrets = program
    .command("secrets")
    .description("What the pipeline needs of secrets, and whether one stands in the code.");
  addCommonOptions(secrets.command("check"))
    .summary("which secrets are needed where, which are missing, which are due")
    .description(
      "Says which secrets are needed where, which are missing or too old; never a value.",
    )
    .option(
      "--present <name=true|false>",
      "what a workflow knows of a secret; several with commas, or repeated",
      collect,
    )
    .addHelpText("after", checkExamples)
    .action(async (options: SecretsOptions) => {
      const { runSecretsCheck } = await import("../secrets/check-secrets.ts");
      finish(await runSecretsCheck(options, terminal));
    });
  addCommonOptions(secrets.command("scan"))
    .summary("looks for secrets in commits")
    .description("Looks for secrets in the commits of this branch, or in all commits there are.")
    .option("--history", "every commit that a branch or tag reaches")
    .option("--branch <branch>", "the branch that is looked at (default: the current one)")
    .option("--base <branch>", "the branch from which on its commits are looked at")
    .addHelpText("after", scanExamples)
    .action(async (options: ScanOptions) => {
      const { scanSecrets } = await import("../secrets/scan-secrets.ts");
      finish(await scanSecrets(options, terminal));
    });
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

const checkExamples = `
Examples:
  gantry secrets check                           by the variables that are set here
  gantry secrets check --present GROQ_API_KEY=true,CODECOV_TOKEN=false
                                                 by what a workflow says`;

const scanExamples = `
Examples:
  gantry secrets scan                            what this branch adds
  gantry secrets scan --history                  everything that was ever committed`;
