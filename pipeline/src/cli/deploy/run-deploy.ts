import { rm } from "node:fs/promises";
import { userInfo } from "node:os";
import { deploy, type Wanted } from "../../deploy/procedure/deploy.ts";
import type { Ended } from "../../deploy/procedure/end.ts";
import type { News, TestTarget } from "../../deploy/procedure/world.ts";
import { deployStageRun, runDeployment } from "../../deploy/shown/run.ts";
import { describeProblem } from "../../errors/problem.ts";
import type { RunDeployment, StageRun, StepRun } from "../../execute/run.ts";
import { readSource, type Source } from "../../host/source.ts";
import { layOutVersion } from "../../host/version.ts";
import { planContext } from "../../plan/make-plan.ts";
import type { Stage } from "../../plan/plan.ts";
import { createPlainListener } from "../../report/terminal/plain.ts";
import { deployedTests, deployStage } from "../../stages/deploy-steps.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import type { RunStore } from "../run-store.ts";
import type { Signals } from "../signals.ts";
import { runDeployedTests } from "./deployed-tests.ts";
import type { OpenEnvironment } from "./open-environment.ts";
import { createWorld, versionOf } from "./world.ts";

export interface DeployRequest {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly wanted: Omit<Wanted, "actor" | "runUrl" | "source">;
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
  const stage = stageOf(request);
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
      const tested = await testDeployed(request, stage, target);
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

function stageOf({ project, opened, wanted }: DeployRequest): Stage {
  const id = deployStage(opened.environment);
  const planned = project.plan.stages.find((stage) => stage.id === id);
  if (!planned) throw new Error(`the plan has no stage ${id}`);
  return { ...planned, run: true, reason: `${wanted.kind} to ${opened.environment.name}` };
}

/** Logs come in hundreds of lines: on the screen only where they are asked for. */
function sayOf({ store, terminal, quiet, verbose }: DeployRequest, { id }: Stage) {
  return (line: string, news: News): void => {
    void store.log(id, "deploy", `${line}\n`);
    if (!quiet && (verbose || news.type !== "log")) terminal.stderr.write(`${line}\n`);
  };
}

async function testDeployed(request: DeployRequest, stage: Stage, target: TestTarget) {
  const { project, opened, runId, store, terminal, signals } = request;
  const source = await sourceOf(request, target.commit);
  if ("problem" in source) {
    return { end: { kind: "not-run" as const, why: source.problem }, steps: [] };
  }
  const silent = request.quiet;
  const listener = createPlainListener(
    (text) => void (silent ? undefined : terminal.stderr.write(text)),
    { verbose: request.verbose, github: Boolean(terminal.env.GITHUB_ACTIONS) },
  );
  const steps = deployedTests(planContext(project), opened.environment);
  return runDeployedTests(
    {
      plan: project.plan,
      stage,
      steps,
      source,
      runId,
      store,
      env: terminal.env,
      listener: (event) => {
        if (event.type !== "run-started" && event.type !== "run-ended") listener(event);
      },
      signal: signals.signal,
    },
    target,
  );
}

/** The tests are those of the version that was deployed, whatever the work tree holds. */
async function sourceOf(
  { project }: DeployRequest,
  commit: string,
): Promise<Source | { readonly problem: string }> {
  const { root } = project.source;
  const folder = await versionOf(root, commit);
  const version = await layOutVersion(root, commit, folder);
  const source = version.ok ? await readSource(folder) : version;
  return source.ok ? source.value : { problem: source.problems.map(describeProblem).join("; ") };
}

function actorOf({ GITHUB_ACTOR: actor }: NodeJS.ProcessEnv): string {
  return actor || userInfo().username;
}
