import { Command, CommanderError } from "commander";
import { describeProblem, type Problem } from "../errors/problem.ts";
import { gantryVersion } from "../plan/version.ts";
import { addCommands } from "./commands.ts";
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
  await addCommands(argv, program, terminal, finish);
  try {
    await program.parseAsync(argv, { from: "user" });
    return exit;
  } catch (error) {
    return explain(error, argv, terminal);
  }
}

/** What went wrong outside of every union: wrong words, a disk that says no, or a bug of ours. */
function explain(error: unknown, argv: readonly string[], terminal: Terminal): number {
  const json = argv.includes("--json");
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (json) showProblems([usageProblem(error)], terminal, json);
    return 2;
  }
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/^(ENOSPC|EROFS|EACCES|EPERM|EDQUOT)$/.test(code)) {
    showProblems([diskProblem(error as Error)], terminal, json);
    return 3;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const more = terminal.env.GANTRY_DEBUG ? stack : "GANTRY_DEBUG=1 shows where";
  terminal.stderr.write(`gantry: a fault of Gantry's own: ${message}\n${more}\n`);
  return 3;
}

function usageProblem(error: CommanderError): Problem {
  return {
    code: "GANTRY-USAGE",
    message: error.message.replace(/^error: /, ""),
    mend: "`gantry --help` and `gantry COMMAND --help` have the words that are known",
  };
}

function diskProblem(error: Error): Problem {
  return {
    code: "GANTRY-DISK",
    message: `the disk said no: ${error.message}`,
    mend: "make room, or give write access to the repository's `.gantry` folder and to Gantry's own",
  };
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
