import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { lockSites } from "../../dependencies/locks/lock-sites.ts";
import { makeReport } from "../../dependencies/report/make-report.ts";
import type { UpdateReport } from "../../dependencies/report/report.ts";
import { type Outcome, type UpdatePorts, updateLocks } from "../../dependencies/search/update.ts";
import type { UpdateSettings } from "../../dependencies/settings.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { createToolShed } from "../../host/tools.ts";
import { type Copy, openCopy } from "../../host/updates/copy.ts";
import { type AskedPackage, askRegistries } from "../../host/updates/registry-facts.ts";
import { runLock } from "../../host/updates/run-lock.ts";
import type { Trigger } from "../../plan/plan.ts";
import type { UpdateOptions } from "../commands/update-dependencies.ts";
import { gantryHome } from "../home.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import type { Base } from "./base.ts";
import { type CheckRequest, checkFiles, projectOf, stagesOf } from "./run-checks.ts";

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
  const copy = await openCopy(request.project.source, request.base.commit);
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
  const { sites, notHandled } = lockSites(config, survey);
  const texts = new Map<string, string>();
  for (const { lock } of sites) texts.set(lock, (await copy.read(lock)) ?? "");
  const outcome = await updateLocks(
    { sites, texts, settings, today },
    portsOf(check, plan.toolchains),
  );
  const facts = await askRegistries(askedOf(outcome), {
    npm: await npmRegistry(copy, terminal.env),
  });
  return ok(
    makeReport({
      outcome,
      settings,
      base: base.branch,
      commit: base.commit,
      stages: stagesOf(plan),
      notHandled,
      today,
      facts,
    }),
  );
}

/** As a pull request with the updates would be checked. */
function triggerOf({ project, settings, base }: MakeRequest): Trigger {
  const { commit, repository } = project.trigger;
  return {
    event: "pull-request",
    branch: settings.branch,
    base: base.branch,
    ...(base.commit !== undefined && { baseCommit: base.commit }),
    commit: base.commit ?? commit,
    eventName: "pull_request",
    fork: false,
    ...(repository !== undefined && { repository }),
  };
}

function portsOf(check: CheckRequest, toolchains: Project["plan"]["toolchains"]): UpdatePorts {
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
    lock: (site, text, packages) => runLock(runner, site, text, packages),
    check(files, trying) {
      number += 1;
      const what = trying.length === 0 ? "without updates" : `with ${trying.length} updates`;
      note(`test run ${number}: ${what}`);
      return checkFiles(check, files, number);
    },
  };
}

/** Whatever the report shows, and whatever the repository asks for itself. */
function askedOf({ locks }: Outcome): AskedPackage[] {
  return locks.flatMap(({ site, possible, packages }) => {
    const named = [...possible, ...packages.filter(({ direct }) => direct)];
    return named
      .filter(({ origin }) => origin === "registry")
      .map(({ name, registry }) => ({ site, name, ...(registry !== undefined && { registry }) }));
  });
}

async function npmRegistry(copy: Copy, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const told = env.npm_config_registry ?? env.NPM_CONFIG_REGISTRY;
  if (told) return told;
  const text = await readFile(join(copy.folder, ".npmrc"), "utf8").catch(() => "");
  return /^registry\s*=\s*(\S+)/m.exec(text)?.[1];
}
