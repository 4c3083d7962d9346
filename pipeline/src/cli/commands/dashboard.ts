import { type Command, Option } from "commander";
import { addCommonOptions } from "../common-options.ts";
import type { DashboardOptions } from "../dashboard/dashboard.ts";
import type { Terminal } from "../main.ts";
import { period } from "../numbers.ts";

export function addDashboard(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("dashboard"))
    .summary("how delivery does against its targets, from the records; runs nothing")
    .description(
      "Measures builds, tests, coverage and deployments against their targets, from the runs of this machine and the records of the environments, and makes a page of it. Runs nothing, and ends with 0 whatever it measures.",
    )
    .addOption(
      new Option("--since <time>", "how far back, such as 90d or 12h")
        .argParser(period)
        .default(30 * 24 * 3600, "30d"),
    )
    .option("--env <name>", "whose deployments are measured (default: production, else the last)")
    .option("--output <file>", "the page (default: .gantry/dashboard.html)")
    .option("--runs <dir>", "the folder of the runs (default: .gantry/runs)")
    .addHelpText("after", examples)
    .action(async (options: DashboardOptions) => {
      const { showDashboard } = await import("../dashboard/dashboard.ts");
      finish(await showDashboard(options, terminal));
    });
}

const examples = `
Examples:
  gantry dashboard                               the last 30 days, as a table and a page
  gantry dashboard --since 90d --env staging     another time, another environment
  gantry dashboard --json > dashboard.json       the same as data (docs/schema)
  gantry dashboard --runs ci-runs                runs of CI that were downloaded, a folder each`;
