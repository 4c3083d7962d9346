import type { TestsEnd, TestTarget } from "../../deploy/procedure/world.ts";
import type { Listener } from "../../execute/events.ts";
import { execute } from "../../execute/execute.ts";
import type { Run, StepRun } from "../../execute/run.ts";
import { createHostExecutor } from "../../host/executor/host.ts";
import type { Source } from "../../host/source.ts";
import type { ExecStep, Plan, Stage } from "../../plan/plan.ts";
import { gantryHome } from "../home.ts";
import type { RunStore } from "../run-store.ts";

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
  const { source, runId, store, env, signal } = request;
  const plan = planFor(request, target);
  const executor = await createHostExecutor({
    plan,
    source,
    runId,
    runFolder: store.folder,
    home: gantryHome(),
    machine: env,
  });
  try {
    const run = await execute({
      plan,
      executor,
      id: runId,
      startedAt: new Date().toISOString(),
      now: () => performance.now(),
      listener: request.listener,
      signal,
      secret: (name) => env[name],
      log: store.log,
      files: source.files.map(({ path }) => path),
    });
    return { end: endOf(run), steps: run.stages.flatMap(({ steps }) => steps) };
  } finally {
    await executor.close();
  }
}

/** One stage, in which the tests find the service by its address. */
function planFor({ plan, stage, steps, source }: DeployedTests, target: TestTarget): Plan {
  const address = {
    DEPLOYED_URL: target.url,
    EXPECTED_COMMIT: target.commit,
    EXPECTED_DEPLOYMENT: target.deployment,
  };
  const aimed = steps.map((step) => ({ ...step, env: { ...step.env, ...address } }));
  const tests: Stage = {
    id: stage.id,
    kind: "check",
    run: true,
    reason: "follows a deploy",
    needs: [],
    blocking: true,
    steps: aimed,
  };
  return { ...plan, source: source.hash, stages: [tests], warnings: [] };
}

function endOf(run: Run): TestsEnd {
  const troubled = run.stages.flatMap(({ steps }) =>
    steps.filter(({ outcome }) => outcome !== "passed" && outcome !== "skipped"),
  );
  const why = troubled
    .map(({ title, outcome, explanation }) => `${title}: ${explanation?.message ?? outcome}`)
    .join("; ");
  if (run.verdict === "passed") return { kind: "passed" };
  return { kind: run.verdict === "failed" ? "failed" : "not-run", why: why || run.verdict };
}
