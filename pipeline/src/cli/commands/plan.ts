import type { Command } from "commander";
import { exitOf } from "../../errors/catalogue.ts";
import { planText } from "../../report/terminal/plan.ts";
import { useColor } from "../color.ts";
import { showProblems, type Terminal } from "../main.ts";
import { addPlanOptions, type PlanOptions } from "../options.ts";

export function addPlan(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addPlanOptions(program.command("plan"))
    .summary("what would run, where and why; nothing is run")
    .description("Shows what would run, where and why, and what is skipped and why. Runs nothing.")
    .addHelpText("after", examples)
    .action(async (options: PlanOptions) => {
      const { openProject } = await import("../project.ts");
      const project = await openProject(options, terminal.env, terminal.cwd);
      if (!project.ok) {
        showProblems(project.problems, terminal, options.json ?? false);
        return finish(exitOf(project.problems));
      }
      const { plan } = project.value;
      terminal.stdout.write(
        options.json
          ? `${JSON.stringify(plan, null, 2)}\n`
          : planText(plan, {
              color: useColor(options, terminal),
              verbose: options.verbose ?? false,
            }),
      );
    });
}

const examples = `
Examples:
  gantry plan                                    what a pull request of this branch would run
  gantry plan --event push --branch main         what a push to main would run
  gantry plan --json > plan.json                 the plan as data; \`gantry ci --plan plan.json\` runs it`;
