import { ok, type Result } from "../../errors/problem.ts";
import { execute } from "../../execute/execute.ts";
import type { Run } from "../../execute/run.ts";
import type { Directory, Secret } from "../client.ts";
import { createDaggerExecutor } from "../executor/executor.ts";
import { createSite, type Site } from "../executor/site.ts";
import type { ModuleRequest } from "../request.ts";
import { type GivenSecrets, readSecrets } from "../secrets.ts";
import { baseHistory } from "../source/base-history.ts";
import { type DaggerProject, openProject } from "../source/project.ts";
import { createRunFolder, type RunFolder } from "./folder.ts";
import { type RunKey, runKey } from "./key.ts";
import { createProgress } from "./progress.ts";

export interface FinishedRun {
  readonly run: Run;
  readonly folder: Directory;
}

/** Plans and runs the checks; the run's folder is complete whatever the verdict. */
export async function runChecks(request: ModuleRequest): Promise<Result<FinishedRun>> {
  const project = await openProject(request);
  if (!project.ok) return project;
  const secrets = await readSecrets(request.secrets ?? []);
  const { run, folder } = await runProject(request, project.value, {
    ...runKey(request),
    secrets,
  });
  return ok({ run, folder: await folder.save(run) });
}

export interface RunOptions extends RunKey {
  readonly secrets: GivenSecrets;
}

/** Runs what is planned. */
export async function runProject(
  request: ModuleRequest,
  project: DaggerProject,
  { id, key, secrets }: RunOptions,
): Promise<{ readonly run: Run; readonly folder: RunFolder }> {
  const site = siteOf(request, project, key, secrets.byName);
  const folder = createRunFolder(site);
  const run = await execute({
    plan: project.plan,
    executor: createDaggerExecutor(site),
    id,
    startedAt: new Date().toISOString(),
    now: () => performance.now(),
    listener: createProgress(),
    // The engine ends a cancelled call at once: nothing of this could still run then.
    signal: new AbortController().signal,
    secret: (name) => secrets.values.get(name),
    log: folder.log,
    files: project.source.files,
  });
  return { run, folder };
}

export function siteOf(
  request: ModuleRequest,
  { plan, source }: DaggerProject,
  key: string,
  secrets: ReadonlyMap<string, Secret>,
): Site {
  const { dag, procedures, repository } = request;
  return createSite({
    dag,
    plan,
    source: source.directory,
    history: () =>
      repository?.head().tree({ depth: 0, includeTags: true }).directory(".git") ?? dag.directory(),
    base: (branch) => baseHistory(repository, branch),
    secrets,
    procedures,
    scratch: request.scratch,
    key,
  });
}
