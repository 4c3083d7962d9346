import type { Command } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { ProtectOptions } from "../protect.ts";

export function addProtect(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const protect = program
    .command("protect")
    .summary("compare how branches are protected on GitHub with gantry.yaml, and mend it")
    .description("Compares the protection of branches on GitHub with what gantry.yaml asks for.")
    .addHelpText("after", examples);
  for (const [word, description] of Object.entries(descriptions)) {
    addCommonOptions(protect.command(word))
      .description(description)
      .option("--branch <branch>", "only this branch; may be repeated", collect)
      .action(async (options: ProtectOptions) => {
        const { runProtect } = await import("../protect.ts");
        finish(await runProtect(word === "apply", options, terminal));
      });
  }
}

const descriptions = {
  check: "Shows what differs. Changes nothing; ends with 1 where something differs.",
  apply: "Mends what differs and nothing else, looks again, and shows what still differs.",
};

function collect(word: string, before: readonly string[] = []): string[] {
  return [...before, word];
}

const examples = `
Examples:
  gantry protect check                     GITHUB_TOKEN is an administrator's
  gantry protect check --branch main --json
  gantry protect apply`;
