import type { Command } from "commander";
import type { Check } from "../../host/doctor.ts";
import { useColor } from "../color.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { gantryHome } from "../home.ts";
import type { Terminal } from "../main.ts";

export function addDoctor(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  addCommonOptions(program.command("doctor"))
    .summary("what this machine can and cannot run")
    .description(
      "Says what this machine can and cannot run, and the one command that mends each lack.",
    )
    .action(async (options: CommonOptions) => {
      const { examine } = await import("../../host/doctor.ts");
      const checks = await examine(terminal.env, gantryHome());
      const text = options.json
        ? `${JSON.stringify({ checks }, null, 2)}\n`
        : doctorText(checks, useColor(options, terminal));
      terminal.stdout.write(text);
      finish(checks.some((check) => check.state === "missing") ? 3 : 0);
    });
}

const symbols = { there: "✓", optional: "○", missing: "✗" } as const;
const colors = { there: "32", optional: "33", missing: "31" } as const;

function doctorText(checks: readonly Check[], color: boolean): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, state, found, without, mend }) => {
    const symbol = color ? `\u001b[${colors[state]}m${symbols[state]}\u001b[0m` : symbols[state];
    const head = `${symbol} ${name.padEnd(width)}  ${found}`;
    return state === "there" ? [head] : [head, `    without it: ${without}`, `    mend: ${mend}`];
  });
  return `${lines.join("\n")}\n`;
}
