import type { TestsEnd, TestTarget } from "../../deploy/procedure/world.ts";
import { planOfTests, testsEndOf } from "../../deploy/tested.ts";
import type { Listener } from "../../execute/events.ts";
import type { StepRun } from "../../execute/run.ts";
import type { Source } from "../../host/source/source.ts";
import type { Plan, Stage } from "../../plan/plan.ts";
import type { ExecStep } from "../../plan/step.ts";
import { executeOnHost } from "../run/execute-on-host.ts";
import type { RunStore } from "../run/run-store.ts";

export interface DeployedTests {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly steps: readonly ExecStep[];
  /** The files of the version that was deployed. */
  readonly source: Source;
  readonly runId: string;
  readonly store: RunStore;
  readonly env: NodeJS.ProcessEnv;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

export interface TestedDeploy {
  readonly end: TestsEnd;
  readonly steps: readonly StepRun[];
}

/** Runs the tests that follow a deploy as processes here, as a run of their own. */
export async function runDeployedTests(
  request: DeployedTests,
  target: TestTarget,
): Promise<TestedDeploy> {
  const { source, runId, store, env, listener, signal } = request;
  const plan = planOfTests({ ...request, source: source.hash }, target);
  const run = await executeOnHost({
    plan,
    source,
    id: runId,
    store,
    machine: env,
    listener,
    signal,
  });
  return { end: testsEndOf(run), steps: run.stages.flatMap(({ steps }) => steps) };
}
