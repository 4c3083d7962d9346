import { readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AdoptionFacts } from "../../adopt/facts.ts";
import { adoptionFacts } from "../../adopt/facts-of.ts";
import { newConfig } from "../../adopt/new-config.ts";
import { usesPrettier } from "../../adopt/uses-prettier.ts";
import type { Config } from "../../config/config.ts";
import { shownRelease } from "../../config/infer/release/root-files.ts";
import { loadConfig } from "../../config/load.ts";
import type { Survey } from "../../config/survey.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";
import { checkoutFiles } from "../../host/release/root-files.ts";
import { readSource, type Source } from "../../host/source/source.ts";
import { surveyOf } from "../../host/source/survey.ts";
import { readConfig } from "../config-file.ts";
import { findGantry } from "./find-gantry.ts";
import { readGitFacts } from "./git-facts.ts";

export interface GatherRequest {
  readonly root: string;
  readonly cwd: string;
  /** Where Gantry is published, where its own checkout does not say so. */
  readonly module: string | undefined;
  /** Files whose new text is taken whatever they say now. */
  readonly forced: readonly string[];
}

/** Everything that the files are made of, and what they are compared with. */
export interface Adoption {
  readonly source: Source;
  readonly survey: Survey;
  readonly config: Config;
  readonly facts: AdoptionFacts;
}

/** The folder of Gantry's own sources. */
export const ownRoot = fileURLToPath(new URL("../../../..", import.meta.url));

/** Reads a repository for what its files would be made of. Changes nothing but Gantry's own folder. */
export async function gatherAdoption(request: GatherRequest): Promise<Result<Adoption>> {
  const { root, cwd } = request;
  const folder = await stat(root).catch(() => undefined);
  if (!folder?.isDirectory()) {
    return fail({
      code: "GANTRY-NOT-A-REPOSITORY",
      message: `${root} is no folder`,
      mend: "name the repository's folder with `-C DIR`",
    });
  }
  const top = await gitLine(root, ["rev-parse", "--show-toplevel"]);
  if (top !== undefined && (await realpath(top)) !== (await realpath(root))) {
    return fail({
      code: "GANTRY-NOT-A-REPOSITORY",
      message: `${root} is a folder inside the repository ${top}; workflows only count at its top`,
      mend: "name the top with `-C DIR`",
    });
  }
  const source = await readSource(root);
  if (!source.ok) return source;
  const [survey, written] = await Promise.all([
    surveyOf(source.value),
    request.forced.includes("gantry.yaml") ? ok(undefined) : readConfig(root, undefined, cwd),
  ]);
  if (!written.ok) return written;
  const made = written.value
    ? undefined
    : newConfig(survey, await shownRelease(await checkoutFiles(root)));
  const config = loadConfig(written.value ?? { text: made ?? "", file: "gantry.yaml" }, survey);
  if (!config.ok) return config;
  const [git, gantry, stageProgram] = await Promise.all([
    readGitFacts(root, source.value.branch),
    findGantry(root, ownRoot, request.module),
    readFile(join(ownRoot, ".github/actions/stage/index.cjs"), "utf8"),
  ]);
  if (!gantry.ok) return gantry;
  const around = {
    ...git,
    gantry: gantry.value,
    stageProgram,
    prettier: usesPrettier(survey),
    ...(made && { config: made }),
  };
  const facts = adoptionFacts(config.value, around);
  return ok({ source: source.value, survey, config: config.value, facts });
}
