import { type Command, InvalidArgumentError } from "commander";
import type { CommentOptions } from "../comment/comment.ts";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";

export function addComment(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("comment"))
    .summary("say a run's verdict on its pull request, in one comment that is kept current")
    .description(
      "Writes or updates the one comment on a pull request. Where that cannot be, the job summary or stdout has it. Ends with 0, whatever the run's verdict.",
    )
    .argument("[run]", "a run's id, folder or run.json", "latest")
    .option("--pr <number>", "the pull request (default: the one that the run was for)", readNumber)
    .option(
      "--base-run <file>",
      "the base's run.json or state.json, to compare coverage with (default: looked for on GitHub)",
    )
    .option("--dry-run", "only show the comment")
    .addHelpText("after", examples)
    .action(async (run: string, options: CommentOptions) => {
      const { runComment } = await import("../comment/comment.ts");
      finish(await runComment(run, options, terminal));
    });
}

function readNumber(word: string): number {
  if (/^[1-9]\d{0,9}$/.test(word)) return Number(word);
  throw new InvalidArgumentError("A pull request is named by its number, such as 42.");
}

const examples = `
Examples:
  gantry comment --dry-run                              what would be said of the latest run
  gantry comment .gantry/runs/latest --pr 42            GITHUB_TOKEN and GITHUB_REPOSITORY say where
  gantry comment --base-run base/state.json             with a base of your own choice`;
