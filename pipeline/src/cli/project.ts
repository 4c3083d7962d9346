import { readFile, stat } from "node:fs/promises";
import type { Config } from "../config/config.ts";
import { loadConfig } from "../config/load.ts";
import type { Survey } from "../config/survey.ts";
import { fail, ok, type Result } from "../errors/problem.ts";
import { git, gitLine } from "../host/git.ts";
import { readSource, type Source } from "../host/source/source.ts";
import { surveyOf } from "../host/source/survey.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan, Trigger } from "../plan/plan.ts";
import { triggerOfCheckout, triggerOfGithub } from "../plan/trigger.ts";
import { readConfig } from "./config-file.ts";
import type { PlanOptions } from "./options.ts";
import { rootFolder } from "./root-folder.ts";

/** Everything that is known before anything runs. */
export interface Project {
  readonly source: Source;
  readonly survey: Survey;
  readonly config: Config;
  readonly trigger: Trigger;
  readonly plan: Plan;
}

/** Reads a repository and plans it. Changes nothing but Gantry's own folder. */
export async function openProject(
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<Result<Project>> {
  const directory = await rootFolder(options.C, cwd);
  const folder = await requireFolder(directory, options.C);
  if (!folder.ok) return folder;
  const source = await readSource(directory);
  if (!source.ok) return source;
  const [survey, written] = await Promise.all([
    surveyOf(source.value),
    readConfig(source.value.root, options.config, cwd),
  ]);
  if (!written.ok) return written;
  const config = loadConfig(written.value, survey);
  if (!config.ok) return config;
  const trigger = await findTrigger(source.value, config.value, options, env);
  if (!trigger.ok) return trigger;
  const plan = makePlan({
    config: config.value,
    survey,
    trigger: trigger.value,
    source: source.value.hash,
    ...(options.only && { only: options.only }),
    ...(options.skip && { skip: options.skip }),
    ...(options.fresh && { fresh: true }),
  });
  const warnings = [...source.value.warnings, ...plan.warnings];
  return ok({
    source: source.value,
    survey,
    config: config.value,
    trigger: trigger.value,
    plan: { ...plan, warnings },
  });
}

/** Refuses what is no folder, under the name that a person gave it. */
export async function requireFolder(
  directory: string,
  named: string = directory,
): Promise<Result<undefined>> {
  const folder = await stat(directory).catch(() => undefined);
  if (folder?.isDirectory()) return ok(undefined);
  return fail({
    code: "GANTRY-NOT-A-REPOSITORY",
    message: `${named} is no folder`,
    mend: "name the repository's folder with `-C DIR`",
  });
}

async function findTrigger(
  source: Source,
  config: Config,
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
): Promise<Result<Trigger>> {
  const eventFile = options.githubEvent ?? (options.event ? undefined : env.GITHUB_EVENT_PATH);
  if (eventFile) {
    const text = await readFile(eventFile, "utf8").catch(() => undefined);
    return triggerOfGithub({
      name: env.GITHUB_EVENT_NAME,
      text: text ?? "",
      file: eventFile,
      ref: env.GITHUB_REF,
      sha: env.GITHUB_SHA,
      checkedOut: source.commit,
    });
  }
  const [branches, remote] = await Promise.all([
    branchNames(source.root),
    gitLine(source.root, ["config", "--get", "remote.origin.url"]),
  ]);
  const develop = config.environments.find(({ name }) => name === "staging")?.branch;
  return ok(
    triggerOfCheckout(
      { branch: source.branch, commit: source.commit, branches, remote },
      {
        ...(options.event && { event: options.event }),
        ...(options.branch && { branch: options.branch }),
        ...(options.base && { base: options.base }),
        ...(develop && { develop }),
      },
    ),
  );
}

async function branchNames(root: string): Promise<string[]> {
  const refs = await git(root, [
    "for-each-ref",
    "--format=%(refname)",
    "refs/heads",
    "refs/remotes",
  ]);
  if (!refs.ok) return [];
  return refs.value
    .split("\n")
    .map((ref) => ref.replace(/^refs\/(heads|remotes\/[^/]+)\//, ""))
    .filter((name) => name !== "" && name !== "HEAD");
}
