import type { Environment } from "../config/config.ts";
import type { StageId } from "../plan/plan.ts";
import type { ExecStep, ProcedureStep, Step } from "../plan/step.ts";
import type { PlanContext } from "./context.ts";
import { testSteps } from "./test-steps.ts";

/** The stage that a deploy to an environment is shown as. */
export function deployStage({ name }: Pick<Environment, "name">): StageId {
  return name === "production" ? "deploy-production" : "deploy-staging";
}

/** The deploy itself, and the tests that prove it; they run before the verdict, within the deploy. */
export function deploySteps(context: PlanContext, environment: Environment): Step[] {
  const deploy = deployStep(environment);
  const tests = deployedTests(context, environment);
  return [deploy, ...tests.map((step) => ({ ...step, needs: [...step.needs, deploy.id] }))];
}

/** The deploy by itself. */
export function deployStep(environment: Environment): ProcedureStep {
  const { name, provider, waitSeconds, health } = environment;
  const proof = health.attempts * health.intervalSeconds;
  const secrets = provider === "railway" ? [environment.token, "GITHUB_TOKEN"] : [];
  return {
    kind: "procedure",
    id: "deploy",
    title: `deploy to ${name}`,
    needs: [],
    blocking: true,
    timeoutSeconds: waitSeconds * 2 + proof * 2 + 600,
    procedure: "deploy",
    settings: { environment: name },
    secrets,
    tools: {},
    history: true,
    effects: [
      `a new version serves ${name} on ${provider}`,
      "the version before it is brought back where the new one does not hold",
      provider === "local" ? "the record in .gantry" : "the record in GitHub Deployments",
    ],
  };
}

/** The suites that run against the deployed service, whose address comes as `DEPLOYED_URL`. */
export function deployedTests(context: PlanContext, environment: Environment): ExecStep[] {
  const stage = deployStage(environment);
  const seen = new Set<string>();
  return environment.tests
    .flatMap((kind) => testSteps(context, kind, stage))
    .filter((step): step is ExecStep => step.kind === "exec")
    .filter(({ id }) => !seen.has(id) && Boolean(seen.add(id)));
}
