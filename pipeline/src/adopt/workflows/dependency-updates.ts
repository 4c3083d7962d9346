import {
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import type { Workflow } from "./workflow.ts";

const secrets = ["GITHUB_TOKEN"];

/** Weekly updates of what the repository depends on, tested, as one pull request. */
export function dependencyUpdates(facts: WorkflowFacts): Workflow {
  return {
    file: ".github/workflows/dependency-updates.yml",
    name: "dependency-updates",
    about: [
      "Brings dependencies up to date, tests them, and keeps one pull request with a table of what changed.",
      "What fails a test is left out and named.",
    ].join("\n"),
    on: {
      schedule: { cron: "0 9 * * 1", words: "Mondays at 9:00 UTC." },
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
        id: "update-dependencies",
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
            call: "update-dependencies",
            env: {
              ...secretVariables(secrets),
              SECRETS: secretsList(secrets),
              RUN_ID: runVariables.RUN_ID,
            },
            flags: [...sourceFlags(facts), { name: "run-id", variable: "RUN_ID" }, secretsFlag],
          },
        ],
      },
    ],
  };
}
