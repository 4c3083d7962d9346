import { access } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Environment } from "../../config/config.ts";
import { findEnvironment } from "../../config/find-environment.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import type { EnvironmentFacts, Facts, RunFact } from "../../report/dashboard/facts.ts";
import { newestRuns } from "../../report/dashboard/make-dashboard.ts";
import { targetsOf } from "../../report/dashboard/targets.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { readRecord, withChanges } from "./read-record.ts";
import { eachOf, readRuns } from "./read-runs.ts";

export interface GatherRequest {
  readonly project: Project;
  /** How far back, in seconds. */
  readonly since: number;
  readonly environment: string | undefined;
  /** The folder of the runs; `.gantry/runs` unless told. */
  readonly runs: string | undefined;
  /** Where the page will stand, for links from there. */
  readonly page: string;
  readonly terminal: Pick<Terminal, "env" | "cwd">;
}

/** Everything that the dashboard is calculated from: read, and nothing changed. */
export async function gather(request: GatherRequest): Promise<Result<Facts>> {
  const { project, since, terminal } = request;
  const measured = measuredEnvironment(request);
  if (!measured.ok) return measured;
  const to = Date.now();
  const window = { from: to - since * 1000, to };
  const folder = request.runs
    ? resolve(terminal.cwd, request.runs)
    : join(await makeGantryFolder(project.source.root), "runs");
  const [{ runs, leftOut }, environments] = await Promise.all([
    readRuns(folder, window),
    readEnvironments(project, measured.value, terminal.env),
  ]);
  return ok({
    name: project.plan.name,
    scope: { ...window, targets: targetsOf(project.config.written.targets) },
    runs: await withReports(runs, newestRuns(runs, window), { folder, page: request.page }),
    runsPlace: folder,
    runsLeftOut: leftOut,
    environments,
    measured: measured.value?.name,
  });
}

/** The one that was named, else production, else the last of the config. */
function measuredEnvironment({
  project: { config },
  environment,
}: GatherRequest): Result<Environment | undefined> {
  if (environment !== undefined) return findEnvironment(environment, config);
  const production = config.environments.find(({ name }) => name === "production");
  return ok(production ?? config.environments.at(-1));
}

async function readEnvironments(
  project: Project,
  measured: Environment | undefined,
  env: NodeJS.ProcessEnv,
): Promise<readonly EnvironmentFacts[]> {
  const all = await Promise.all(
    project.config.environments.map((one) => readRecord(one, project, env)),
  );
  return Promise.all(
    all.map((facts) =>
      facts.name === measured?.name ? withChanges(facts, project.source.root) : facts,
    ),
  );
}

interface Places {
  readonly folder: string;
  readonly page: string;
}

/** Adds links to the reports of those runs that the page names and that have one. */
async function withReports(
  runs: readonly RunFact[],
  shown: readonly RunFact[],
  { folder, page }: Places,
): Promise<readonly RunFact[]> {
  const links = new Map<string, string>();
  await eachOf(shown, async ({ id }) => {
    const file = join(folder, id, "report.html");
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) links.set(id, linkTo(file, page));
  });
  return runs.map((run) => {
    const report = links.get(run.id);
    return report === undefined ? run : { ...run, report };
  });
}

/** A relative link, in which no name of a folder can mean anything else. */
function linkTo(file: string, page: string): string {
  const steps = relative(dirname(page), file).split(sep);
  return steps.map((step) => (step === ".." ? step : encodeURIComponent(step))).join("/");
}
