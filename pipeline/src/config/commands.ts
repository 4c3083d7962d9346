import type { Place, Problem } from "../errors/problem.ts";
import type { Command } from "./config.ts";
import { splitWords } from "./words.ts";
import type { WrittenCommands } from "./written.ts";

interface Scope {
  readonly problems: Problem[];
  readonly locate: (path: readonly PropertyKey[]) => Place;
}

/** Splits written commands into words; what cannot be split becomes a problem at its place. */
export function commandsOf(
  written: WrittenCommands,
  at: readonly PropertyKey[],
  scope: Scope,
): Command[] {
  const list = Array.isArray(written) ? written : [written];
  return list.flatMap((line, index): Command[] => {
    if (typeof line !== "string") return [["sh", "-euc", line.sh]];
    const split = splitWords(line);
    if (split.ok) return [split.value];
    const place = Array.isArray(written) ? [...at, index] : at;
    scope.problems.push(
      ...split.problems.map((problem) => ({ ...problem, ...scope.locate(place) })),
    );
    return [];
  });
}
