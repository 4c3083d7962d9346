import type { TestTarget } from "../../deploy/procedure/world.ts";
import { describeProblem } from "../../errors/problem.ts";
import { readSource, type Source } from "../../host/source/source.ts";
import { layOutVersion } from "../../host/version.ts";
import { planContext } from "../../plan/make-plan.ts";
import type { Stage } from "../../plan/plan.ts";
import { createPlainListener } from "../../report/terminal/plain.ts";
import { deployedTests } from "../../stages/deploy-steps.ts";
import type { OpenEnvironment } from "../environment/open.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import type { RunStore } from "../run/run-store.ts";
import { runDeployedTests, type TestedDeploy } from "./deployed-tests.ts";
import { versionOf } from "./world.ts";

export interface TestRequest {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly stage: Stage;
  readonly runId: string;
  readonly store: RunStore;
  readonly terminal: Terminal;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly signal: AbortSignal;
}

/** Runs the tests of the version that was deployed against where it serves. */
export async function testDeployed(
  request: TestRequest,
  target: TestTarget,
): Promise<TestedDeploy> {
  const { project, opened, stage, runId, store, terminal, quiet, verbose, signal } = request;
  const source = await sourceOf(project, target.commit);
  if ("problem" in source) return { end: { kind: "not-run", why: source.problem }, steps: [] };
  const show = createPlainListener(
    (text) => {
      if (!quiet) terminal.stderr.write(text);
    },
    { verbose, github: Boolean(terminal.env.GITHUB_ACTIONS) },
  );
  return runDeployedTests(
    {
      plan: project.plan,
      stage,
      steps: deployedTests(planContext(project), opened.environment),
      source,
      runId,
      store,
      env: terminal.env,
      listener: (event) => {
        if (event.type !== "run-started" && event.type !== "run-ended") show(event);
      },
      signal,
    },
    target,
  );
}

/** The tests are those of the version that was deployed, whatever the work tree holds. */
async function sourceOf(
  { source: { root } }: Project,
  commit: string,
): Promise<Source | { readonly problem: string }> {
  const folder = await versionOf(root, commit);
  const version = await layOutVersion(root, commit, folder);
  const source = version.ok ? await readSource(folder) : version;
  return source.ok ? source.value : { problem: source.problems.map(describeProblem).join("; ") };
}
