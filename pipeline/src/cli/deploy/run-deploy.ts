import { rm } from "node:fs/promises";
import { deploy, type Wanted } from "../../deploy/procedure/deploy.ts";
import type { Ended } from "../../deploy/procedure/end.ts";
import type { News } from "../../deploy/procedure/world.ts";
import { createLastWords } from "../../deploy/shown/last-words.ts";
import { deployStageRun, runDeployment } from "../../deploy/shown/run.ts";
import type { RunDeployment, StageRun, StepRun } from "../../execute/run.ts";
import type { Stage } from "../../plan/plan.ts";
import { deployStage } from "../../stages/deploy-steps.ts";
import type { OpenEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import type { RunStore } from "../run/run-store.ts";
import type { Signals } from "../signals.ts";
import { testDeployed } from "./test-deployed.ts";
import { actorOf, createWorld, versionOf } from "./world.ts";

export interface DeployRequest {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly wanted: Omit<Wanted, "actor" | "runUrl">;
  readonly runId: string;
  readonly runUrl: string | undefined;
  readonly store: RunStore;
  readonly terminal: Terminal;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly signals: Signals;
}

export interface Deployed {
  readonly end: Ended;
  readonly deployment: RunDeployment;
  readonly stage: StageRun;
}

/** Deploys, and tells it as a stage of a run. */
export async function runDeploy(request: DeployRequest): Promise<Deployed> {
  const { opened, wanted, runId, terminal, signals } = request;
  const { root } = request.project.source;
  const stage = stageOf(request.project, opened, wanted.kind);
  const tests: StepRun[] = [];
  const begun = performance.now();
  const world = createWorld({
    opened,
    root,
    runId,
    env: terminal.env,
    signal: signals.signal,
    say: sayOf(request, stage),
    tests: async (target) => {
      const tested = await testDeployed({ ...request, stage, signal: signals.signal }, target);
      tests.push(...tested.steps);
      return tested.end;
    },
  });
  const end = await deploy(world, {
    ...wanted,
    actor: actorOf(terminal.env),
    runUrl: request.runUrl,
  });
  if (end.kind !== "ended") throw new Error("the tests are run here");
  await rm(await versionOf(root, wanted.commit), { recursive: true, force: true, maxRetries: 3 });
  const deployment = runDeployment({
    end,
    kind: wanted.kind,
    environment: opened.environment.name,
    provider: opened.environment.provider,
    commit: wanted.commit,
    tag: wanted.tag,
    seconds: (performance.now() - begun) / 1000,
  });
  return { end, deployment, stage: deployStageRun(stage, deployment, tests) };
}

/** The stage of the plan that stands for an environment. */
export function stageOf(project: Project, { environment }: OpenEnvironment, why: string): Stage {
  const id = deployStage(environment);
  const planned = project.plan.stages.find((stage) => stage.id === id);
  if (!planned) throw new Error(`the plan has no stage ${id}`);
  return { ...planned, run: true, reason: `${why} to ${environment.name}` };
}

/** Logs come in hundreds of lines: on the screen where they are asked for, or explain a failure. */
function sayOf({ store, terminal, quiet, verbose }: DeployRequest, { id }: Stage) {
  const lastWords = createLastWords();
  return (line: string, news: News): void => {
    void store.log(id, "deploy", `${line}\n`);
    if (quiet) return;
    const shown = verbose ? [line] : lastWords(line, news);
    for (const one of shown) terminal.stderr.write(`${one}\n`);
  };
}
