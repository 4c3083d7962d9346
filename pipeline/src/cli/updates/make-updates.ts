import { join } from "node:path";
import { type FindPorts, findUpdates } from "../../dependencies/find-updates.ts";
import type { UpdateReport } from "../../dependencies/report/report.ts";
import type { UpdateSettings } from "../../dependencies/settings.ts";
import { updateTrigger } from "../../dependencies/trigger.ts";
import { registryIn } from "../../dependencies/versions/npmrc.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { type Copy, openCopy } from "../../host/source/copy.ts";
import { createToolShed } from "../../host/tools.ts";
import { askRegistries, type Registries } from "../../host/updates/registry-facts.ts";
import { runLock } from "../../host/updates/run-lock.ts";
import type { Trigger } from "../../plan/plan.ts";
import type { UpdateOptions } from "../commands/update-dependencies.ts";
import { gantryHome } from "../home.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import type { Base } from "./base.ts";
import { type CheckRequest, checkFiles, projectOf } from "./run-checks.ts";

export interface MakeRequest {
  readonly project: Project;
  readonly settings: UpdateSettings;
  readonly base: Base;
  readonly options: UpdateOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly today: string;
}

/** Updates and tests in a copy of the source. The files in the report are all that it would change. */
export async function makeUpdates(request: MakeRequest): Promise<Result<UpdateReport>> {
  const copy = await openCopy({
    source: request.project.source,
    commit: request.base.commit,
    place: "updates",
  });
  if (!copy.ok) return copy;
  try {
    return await updateIn(copy.value, request);
  } finally {
    await copy.value.release();
  }
}

async function updateIn(copy: Copy, request: MakeRequest): Promise<Result<UpdateReport>> {
  const { settings, base, options, terminal, signal, today } = request;
  const check: CheckRequest = { copy, trigger: triggerOf(request), options, terminal, signal };
  const project = await projectOf(check);
  if (!project.ok) return project;
  const { config, survey, plan } = project.value;
  const made = { config, survey, plan, settings, base: base.branch, commit: base.commit, today };
  return ok(await findUpdates(made, portsOf(check, plan.toolchains)));
}

function triggerOf({ project, settings, base }: MakeRequest): Trigger {
  const { commit, repository } = project.trigger;
  return updateTrigger(settings, {
    base: base.branch,
    baseCommit: base.commit,
    commit,
    repository,
  });
}

function portsOf(check: CheckRequest, toolchains: Project["plan"]["toolchains"]): FindPorts {
  const { copy, options, terminal, signal } = check;
  const home = gantryHome();
  const note = (text: string): void => {
    if (!options.quiet) terminal.stderr.write(`${text}\n`);
  };
  const runner = {
    copy,
    home,
    signal,
    note,
    machine: terminal.env,
    shed: createToolShed(join(home, "tools"), terminal.env),
    toolchain: (component: string) => toolchains[component],
  };
  let number = 0;
  return {
    read: copy.read,
    lock: (site, files, packages) => runLock(runner, site, files, packages),
    check(files, trying) {
      number += 1;
      const what = trying.length === 0 ? "without updates" : `with ${trying.length} updates`;
      note(`test run ${number}: ${what}`);
      return checkFiles(check, files, number);
    },
    facts: async (asked) => askRegistries(asked, await registriesOf(copy, terminal.env)),
  };
}

async function registriesOf(copy: Copy, env: NodeJS.ProcessEnv): Promise<Registries> {
  const told = env.npm_config_registry || env.NPM_CONFIG_REGISTRY;
  const npm = told || registryIn((await copy.read(".npmrc")) ?? "");
  return { npm, python: env.UV_DEFAULT_INDEX || env.UV_INDEX_URL };
}
