import { type Decision, decide } from "../../adopt/decide.ts";
import type { AdoptionFacts } from "../../adopt/facts.ts";
import { wantedFiles } from "../../adopt/wanted-files.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Source } from "../../host/source.ts";
import { readStanding } from "./existing.ts";

/** What becomes of every file, in order; nothing is decided where one cannot be written. */
export async function decideAll(
  source: Source,
  facts: AdoptionFacts,
  forced: readonly string[],
): Promise<Result<readonly Decision[]>> {
  const wanted = wantedFiles(facts);
  const unknown = forced.filter((path) => !wanted.some((file) => file.path === path));
  if (unknown.length > 0) return fail(...unknown.map((path) => notWanted(path, wanted)));
  const standing = await Promise.all(wanted.map(({ path }) => readStanding(source.root, path)));
  const problems = standing.flatMap((one) => (one.kind === "blocked" ? [one.problem] : []));
  if (problems.length > 0) return fail(...problems);
  const texts = new Map(
    standing.map((one, at) => [wanted[at]?.path, one.kind === "text" ? one.text : undefined]),
  );
  const files = source.files.map(({ path }) => path);
  const existing = { files, text: (path: string) => texts.get(path) };
  return ok(wanted.map((file) => decide(file, existing, new Set(forced))));
}

function notWanted(path: string, wanted: readonly { readonly path: string }[]): Problem {
  return {
    code: "GANTRY-USAGE",
    message: `\`--force ${path}\` names no file that init writes`,
    mend: `name one of ${wanted.map((file) => file.path).join(", ")}`,
  };
}
