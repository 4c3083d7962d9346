import { expression } from "./expression.ts";
import {
  runFlags,
  runUrl,
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import { reportSteps } from "./report-steps.ts";
import type { Flag, Grant, StepsJob } from "./workflow.ts";

/** A deploy to one environment, in a job and with secrets of its own. */
export function deployJob(
  environment: "staging" | "production",
  needs: readonly string[],
  facts: WorkflowFacts,
): StepsJob {
  const id = `deploy-${environment}`;
  const [token, ...others] = facts[environment];
  const secrets = [...(token ? [token] : []), "GITHUB_TOKEN", ...others];
  return {
    kind: "steps",
    id,
    needs,
    condition: {
      is: `github.event_name == 'push' && needs.checks.outputs.${id} == 'true'`,
      why: "The plan says whether this push is deployed, and the run whether all that it needs was green.",
    },
    environment: {
      name: environment,
      url: expression("steps.publish.outputs.url"),
      why: "Its secrets are this environment's, and nobody else's; its rules say who may deploy.",
    },
    minutes: 60,
    concurrency: {
      why: "One at a time, and none is ended half way.",
      group: id,
      cancel: false,
    },
    // Only production's deploy is followed by a release.
    ...(environment === "production" && {
      outputs: { proven: expression("steps.publish.outputs.proven") },
    }),
    grants: grantsOf(environment),
    env: runVariables,
    steps: [
      { kind: "checkout", history: "An earlier version may have to come back." },
      { kind: "install-dagger" },
      {
        kind: "dagger",
        call: "deploy",
        env: { ...secretVariables(secrets), SECRETS: secretsList(secrets), RUN_URL: runUrl },
        flags: [...sourceFlags(facts), { name: "env", word: environment }, ...deployFlags],
      },
      ...reportSteps(facts, { id: "publish" }),
      { kind: "keep", name: id, paths: ["gantry-report"] },
    ],
  };
}

const deployFlags: readonly Flag[] = [
  { name: "ref", variable: "GITHUB_SHA" },
  { name: "repository", variable: "GITHUB_REPOSITORY" },
  { name: "actor", variable: "GITHUB_ACTOR" },
  { name: "run-url", variable: "RUN_URL" },
  ...runFlags,
  // Another deploy of the environment may be under way: seconds to wait for it.
  { name: "wait", word: "900" },
  { name: "github-url", variable: "GITHUB_API_URL" },
  secretsFlag,
];

function grantsOf(environment: "staging" | "production"): Grant[] {
  return [
    { scope: "contents", level: "read", why: "to check the source out" },
    {
      scope: "deployments",
      level: "write",
      why: "the record and the lock of a deploy are kept in GitHub Deployments",
    },
    ...(environment === "production" ? [incidents] : []),
  ];
}

const incidents: Grant = {
  scope: "issues",
  level: "write",
  why: "a deploy that failed opens an incident, and the next good one closes it",
};
