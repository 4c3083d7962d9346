import { fail, ok, type Problem, type Result } from "../errors/problem.ts";
import { type Decision, decide } from "./decide.ts";
import type { AdoptionFacts } from "./facts.ts";
import type { Standing } from "./place.ts";
import { wantedFiles } from "./wanted-files.ts";

export interface Ground {
  /** Every file of the repository. */
  readonly files: readonly string[];
  readonly standing: (path: string) => Promise<Standing>;
  /** Files whose new text is taken whatever they say now. */
  readonly forced: readonly string[];
}

/** What becomes of every file, in order; nothing is decided where one cannot be written. */
export async function decideAll(
  facts: AdoptionFacts,
  { files, standing, forced }: Ground,
): Promise<Result<readonly Decision[]>> {
  const wanted = wantedFiles(facts);
  const unknown = forced.filter((path) => !wanted.some((file) => file.path === path));
  if (unknown.length > 0) return fail(...unknown.map((path) => notWanted(path, wanted)));
  const found = await Promise.all(wanted.map(({ path }) => standing(path)));
  const texts = new Map(
    found.map((one, at) => [wanted[at]?.path, one.kind === "text" ? one.text : undefined]),
  );
  const existing = { files, text: (path: string) => texts.get(path) };
  const decisions = wanted.map((file) => decide(file, existing, new Set(forced)));
  const problems = found.flatMap((one, at) =>
    one.kind === "blocked" && !isElsewhere(decisions[at]) ? [one.problem] : [],
  );
  return problems.length > 0 ? fail(...problems) : ok(decisions);
}

/** What stands in the way of a file that is not written is no problem. */
function isElsewhere(decision: Decision | undefined): boolean {
  return decision?.kind === "theirs" && decision.place !== decision.path;
}

/** Whether something is written for a decision. */
export function isWritten(decision: Decision): decision is Extract<Decision, { text: string }> {
  return ["create", "merge", "replace"].includes(decision.kind);
}

function notWanted(path: string, wanted: readonly { readonly path: string }[]): Problem {
  return {
    code: "GANTRY-USAGE",
    message: `\`--force ${path}\` names no file that init writes`,
    mend: `name one of ${wanted.map((file) => file.path).join(", ")}`,
  };
}
