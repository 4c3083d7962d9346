import type { Command } from "commander";
import { exitOf } from "../../errors/catalogue.ts";
import { useColor } from "../color.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { showProblems, type Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";
import { readRun } from "../run/read-run.ts";

export function addReport(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("report"))
    .summary("show a run again; runs nothing")
    .description("Shows a run again. Runs nothing, and ends with 0 whatever the run's verdict.")
    .argument("[run]", "a run's id or folder", "latest")
    .action(async (name: string, options: CommonOptions) => {
      const found = await readRun(name, await rootFolder(options.C, terminal.cwd), terminal.cwd);
      if (!found.ok) {
        showProblems(found.problems, terminal, options.json ?? false);
        return finish(exitOf(found.problems));
      }
      const { terminalSummary } = await import("../../report/terminal/summary.ts");
      const { run, folder } = found.value;
      const color = useColor(options, terminal);
      const width = terminal.stdout.columns ?? 100;
      terminal.stdout.write(
        options.json
          ? `${JSON.stringify(run, null, 2)}\n`
          : `${terminalSummary(run, { color, width, folder })}\n`,
      );
    });
}
