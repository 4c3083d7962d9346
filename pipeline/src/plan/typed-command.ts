import { joinWords } from "../config/words.ts";

/** The name under which a script of Gantry's own runs a command and only keeps its output. */
export const keeper = "gantry";

/** A command as one would type it: without the script around it that only keeps its output. */
export function typedCommand(argv: readonly string[]): string {
  const [shell, flag, , name] = argv;
  const wrapped = shell === "sh" && flag === "-c" && name === keeper;
  return joinWords(wrapped ? argv.slice(5) : argv);
}
