import { join } from "node:path";
import type { Run, StepRun } from "../../execute/run.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import { connectTo } from "../../host/release/connect.ts";
import { publishAll } from "../../host/release/publish.ts";
import { releaseStepRuns, stepOfProblems, withRelease } from "../../release/shown/stage.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { openHere } from "../release/open.ts";
import { releaseWorld } from "../release/show.ts";
import type { DeployOptions } from "./options.ts";

export interface ReleaseRequest {
  readonly run: Run;
  /** The run's folder, whose state.json becomes an asset. */
  readonly folder: string;
  readonly project: Project;
  readonly options: DeployOptions;
  readonly terminal: Terminal;
}

/** Releases what was just deployed and proven, where the plan says so; one more stage of the run. */
export async function releaseAfter(request: ReleaseRequest): Promise<Run> {
  const { run } = request;
  const stage = run.plan.stages.find(({ id }) => id === "create-release");
  if (!stage?.run || run.deployment?.verdict !== "live") return run;
  const begun = performance.now();
  const steps = await releaseSteps(request);
  return withRelease(run, { stage, steps, seconds: (performance.now() - begun) / 1000 });
}

async function releaseSteps(request: ReleaseRequest): Promise<StepRun[]> {
  const { project, options, terminal, folder } = request;
  const asked = { ...options, C: project.source.root, branch: project.plan.trigger.branch };
  const open = await openHere(asked, terminal);
  if (!open.ok) return [stepOfProblems(open.problems)];
  // Without a place on GitHub the release is kept here, as the deployment is.
  const local =
    request.run.deployment?.provider === "local" && !connectTo(open.value, terminal.env).ok;
  const published = await publishAll(open.value, {
    world: releaseWorld(options, terminal),
    files: { state: join(folder, "state.json"), cwd: terminal.cwd },
    folder: local ? join(await makeGantryFolder(project.source.root), "releases") : undefined,
  });
  return published.ok
    ? published.value.flatMap(releaseStepRuns)
    : [stepOfProblems(published.problems)];
}
