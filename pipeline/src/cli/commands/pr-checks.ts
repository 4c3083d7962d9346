import type { Command } from "commander";
import type { PullRequestOptions } from "../check-pull-request.ts";
import { addCommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";

export function addPrChecks(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("pr-checks"))
    .summary("what is asked of a pull request: title, branch, files, merge, secrets")
    .description(
      "Checks a pull request: title, branch, required and large files, conflicts, .env, secrets.",
    )
    .option("--title <title>", "the title (default on GitHub: the event's)")
    .option("--branch <branch>", "the branch that is checked (default: the current one)")
    .option("--base <branch>", "the branch that it wants to change")
    .option("--github-event <file>", "GitHub's event file (default on GitHub: GITHUB_EVENT_PATH)")
    .addHelpText("after", examples)
    .action(async (options: PullRequestOptions) => {
      const { runPullRequestChecks } = await import("../check-pull-request.ts");
      finish(await runPullRequestChecks(options, terminal));
    });
}

const examples = `
Examples:
  gantry pr-checks                               what can be checked before there is a pull request
  gantry pr-checks --title "feat: search"        with the title it is going to have
  gantry pr-checks --base develop --json         against develop, as JSON on stdout`;
