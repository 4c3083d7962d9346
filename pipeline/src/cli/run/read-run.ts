import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { readJson } from "../../host/read-json.ts";

export interface SavedRun {
  readonly run: Run;
  readonly folder: string;
}

/** A saved run: by its id below `.gantry/runs`, by its folder, or by its `run.json`. */
export async function readRun(
  name: string,
  directory: string,
  cwd: string,
): Promise<Result<SavedRun>> {
  const { run: runSchema } = await import("../../execute/run.ts");
  for (const folder of await runFoldersOf(name, directory, cwd)) {
    const parsed = runSchema.safeParse(await readJson(join(folder, "run.json")));
    if (parsed.success) return ok({ run: parsed.data, folder });
  }
  return fail(unknownRun(name, directory));
}

/** The folders with a run that a name can mean: below `.gantry/runs`, and as a path. */
export async function runFoldersOf(
  name: string,
  directory: string,
  cwd: string,
): Promise<readonly string[]> {
  const named = resolve(cwd, name).replace(/[\\/]run\.json$/, "");
  const folders: string[] = [];
  for (const folder of [join(directory, ".gantry", "runs", name), named]) {
    if (await stat(join(folder, "run.json")).catch(() => undefined)) folders.push(folder);
  }
  return folders;
}

export function unknownRun(name: string, directory: string): Problem {
  return {
    code: "GANTRY-RUN-NOT-FOUND",
    message: `there is no run \`${name}\` in ${join(directory, ".gantry", "runs")}`,
    mend: "name a run's folder, or run `gantry ci` first",
  };
}
