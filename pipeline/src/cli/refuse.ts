import { exitOf } from "../errors/catalogue.ts";
import type { Problem } from "../errors/problem.ts";
import type { CommonOptions } from "./common-options.ts";
import { showProblems, type Terminal } from "./main.ts";

/** Shows why nothing is done; answers the exit code. */
export function refuse(
  problems: readonly Problem[],
  options: CommonOptions,
  terminal: Terminal,
): number {
  showProblems(problems, terminal, options.json ?? false);
  return exitOf(problems);
}
