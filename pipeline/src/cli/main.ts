import { Command, CommanderError } from "commander";
import { describeProblem, type Problem } from "../errors/problem.ts";
import { gantryVersion } from "../plan/version.ts";
import { addCi } from "./commands/ci.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addPlan } from "./commands/plan.ts";
import { addReport } from "./commands/report.ts";

/** Everything the command line touches, so that tests can hand in their own. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** Parses the words, runs the command, and answers the exit code; it never exits by itself. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exit = 0;
  const program = new Command("gantry")
    .description("A portable delivery pipeline: from a pull request to a proven release.")
    .version(gantryVersion)
    .showHelpAfterError("(add --help for the words that are known)")
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride();
  const finish = (code: number): void => {
    exit = code;
  };
  addCi(program, terminal, finish);
  addPlan(program, terminal, finish);
  addReport(program, terminal, finish);
  addDoctor(program, terminal, finish);
  try {
    await program.parseAsync(argv, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** Shows problems where the caller reads them: as one JSON document, or as text. */
export function showProblems(
  problems: readonly Problem[],
  terminal: Terminal,
  json: boolean,
): void {
  if (json) terminal.stdout.write(`${JSON.stringify({ errors: problems }, null, 2)}\n`);
  else terminal.stderr.write(`${problems.map(describeProblem).join("\n\n")}\n`);
}
