import {
  runFlags,
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import type { Workflow } from "./workflow.ts";

export const usualSchedule = "0 9 * * 1";

/** Weekly updates of what the repository depends on, tested, as one pull request. */
export function dependencyUpdates(facts: WorkflowFacts): Workflow {
  const { schedule, token } = facts.updates;
  const secrets = [...new Set(["GITHUB_TOKEN", token])];
  return {
    file: ".github/workflows/dependency-updates.yml",
    name: "dependency-updates",
    about: [
      "Brings dependencies up to date, tests them, and keeps one pull request with a table of what changed.",
      "What fails a test is left out and named.",
    ].join("\n"),
    on: {
      schedule: {
        cron: schedule,
        words: schedule === usualSchedule ? "Mondays at 9:00 UTC." : "In UTC.",
      },
      byHand: { inputs: {} },
    },
    concurrency: {
      why: "There is one pull request of updates, so one run at a time.",
      group: "dependency-updates",
      cancel: false,
    },
    jobs: [
      {
        kind: "steps",
        id: "propose-updates",
        environment: {
          name: "updates",
          deployment: false,
          why: "Holds an app's token, where there is one: what GitHub's own opens starts no checks.",
        },
        minutes: 60,
        grants: [
          { scope: "contents", level: "write", why: "to push the branch with the updates" },
          { scope: "pull-requests", level: "write", why: "to open, refresh and close the request" },
          { scope: "issues", level: "write", why: "its label is made where there is none" },
        ],
        steps: [
          { kind: "checkout", history: "The updates start from the branch that they go to." },
          { kind: "install-dagger" },
          {
            kind: "dagger",
            call: "propose-updates",
            env: {
              ...secretVariables(secrets),
              SECRETS: secretsList(secrets),
              ...runVariables,
            },
            flags: [
              ...sourceFlags(facts),
              { name: "repository", variable: "GITHUB_REPOSITORY" },
              ...runFlags,
              { name: "github-url", variable: "GITHUB_API_URL" },
              secretsFlag,
            ],
          },
        ],
      },
    ],
  };
}
