import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { exitOf } from "../../errors/catalogue.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { useColor } from "../color.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { showProblems, type Terminal } from "../main.ts";
import { rootFolder } from "../root-folder.ts";

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

async function readRun(
  name: string,
  directory: string,
  cwd: string,
): Promise<Result<{ run: Run; folder: string }>> {
  const { run: runSchema } = await import("../../execute/run.ts");
  for (const folder of [join(directory, ".gantry", "runs", name), resolve(cwd, name)]) {
    if (!(await stat(join(folder, "run.json")).catch(() => undefined))) continue;
    const parsed = runSchema.safeParse(
      JSON.parse(await readFile(join(folder, "run.json"), "utf8")),
    );
    if (parsed.success) return ok({ run: parsed.data, folder });
  }
  return fail({
    code: "GANTRY-RUN-NOT-FOUND",
    message: `there is no run \`${name}\` in ${join(directory, ".gantry", "runs")}`,
    mend: "name a run's folder, or run `gantry ci` first",
  });
}
