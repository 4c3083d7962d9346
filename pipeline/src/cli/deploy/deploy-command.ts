import { ok, type Result } from "../../errors/problem.ts";
import { findCommit, sourceOfCommit, versionTag } from "../../host/version.ts";
import { showDrift } from "../environment/drift.ts";
import { type OpenEnvironment, openEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import { openProject, type Project } from "../project.ts";
import { refuse } from "../refuse.ts";
import { deployAsRun, type Meant } from "./deploy-as-run.ts";
import type { DeployOptions } from "./options.ts";
import { showEnd } from "./show-end.ts";

/** Finds out which version is meant. */
export type FindWanted = (
  project: Project,
  opened: OpenEnvironment,
) => Promise<Result<Meant["wanted"]>>;

/** Opens the environment, deploys what is meant, and shows what came of it. */
export async function deployCommand(
  options: DeployOptions,
  terminal: Terminal,
  find: FindWanted,
): Promise<number> {
  const project = await openProject({ ...options, event: "manual" }, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const opened = await openEnvironment(project.value, options.env, terminal.env);
  if (!opened.ok) return refuse(opened.problems, options, terminal);
  const wanted = await find(project.value, opened.value);
  if (!wanted.ok) return refuse(wanted.problems, options, terminal);
  if (options.plan) return showDrift(opened.value, options, terminal);
  const meant = { project: project.value, opened: opened.value, wanted: wanted.value };
  const { run, deployed, folder } = await deployAsRun(meant, options, terminal);
  showEnd(deployed, { folder, options, terminal });
  if (options.json) terminal.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  return run.exit;
}

/** A commit as `--ref` names it; without one, what is checked out. */
export async function wantedCommit(
  project: Project,
  ref: string | undefined,
): Promise<Result<{ commit: string; tag?: string }>> {
  const commit = await findCommit(project.source.root, ref ?? "HEAD");
  if (!commit.ok) return commit;
  const tag = await versionTag(project.source.root, commit.value);
  return ok({ commit: commit.value, ...(tag && { tag }) });
}

/** Whether what is checked out holds more, or other things, than the commit that is deployed. */
export async function hasUncommitted({ source }: Project, commit: string): Promise<boolean> {
  return (await sourceOfCommit(source.root, commit)) !== source.hash;
}
