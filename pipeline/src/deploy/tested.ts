import type { Run } from "../execute/run.ts";
import type { Plan, Stage } from "../plan/plan.ts";
import type { ExecStep } from "../plan/step.ts";
import type { TestsEnd, TestTarget } from "./procedure/world.ts";

export interface TestedVersion {
  readonly plan: Plan;
  readonly stage: Pick<Stage, "id">;
  readonly steps: readonly ExecStep[];
  /** The hash of the deployed version's files. */
  readonly source: string;
  /** What else the tests find in their environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The tests that follow a deploy, as a plan of one stage: they find the service by its address. */
export function planOfTests(tested: TestedVersion, target: TestTarget): Plan {
  const { plan, stage, steps, source, variables } = tested;
  const address = {
    DEPLOYED_URL: target.url,
    EXPECTED_COMMIT: target.commit,
    EXPECTED_DEPLOYMENT: target.deployment,
    ...variables,
  };
  const tests: Stage = {
    id: stage.id,
    kind: "check",
    run: true,
    reason: "follows a deploy",
    needs: [],
    blocking: true,
    // What is installed is the same wherever the service is.
    steps: steps.map((step) =>
      step.prepares ? step : { ...step, env: { ...step.env, ...address } },
    ),
  };
  return { ...plan, source, stages: [tests], warnings: [] };
}

/** What the tests' own run says to the deploy. */
export function testsEndOf(run: Run): TestsEnd {
  const troubled = run.stages.flatMap(({ steps }) =>
    steps.filter(({ outcome }) => outcome !== "passed" && outcome !== "skipped"),
  );
  const why = troubled
    .map(({ title, outcome, explanation }) => `${title}: ${explanation?.message ?? outcome}`)
    .join("; ");
  if (run.verdict === "passed") return { kind: "passed" };
  return { kind: run.verdict === "failed" ? "failed" : "not-run", why: why || run.verdict };
}
