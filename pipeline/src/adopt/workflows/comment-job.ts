import { expression } from "./expression.ts";
import {
  runUrl,
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import type { StepsJob } from "./workflow.ts";

const token = ["GITHUB_TOKEN"];
const folder = "checked";

/** The verdict on the pull request itself, in a job whose token the tests never meet. */
export function commentJob(facts: WorkflowFacts): StepsJob {
  return {
    kind: "steps",
    id: "comment",
    needs: ["checks"],
    condition: {
      is: "github.event_name == 'pull_request' && needs.checks.outputs.run != '' && !cancelled()",
      why: "Whatever the verdict, if there is one.",
    },
    minutes: 10,
    concurrency: {
      why: "One at a time: of two at the same moment each would write a comment.",
      group: `comment-${expression("github.event.pull_request.number")}`,
      cancel: false,
    },
    grants: [
      { scope: "contents", level: "read", why: "to check the source out" },
      {
        scope: "actions",
        level: "read",
        why: "to compare coverage with what the base's own run left",
      },
      {
        scope: "pull-requests",
        level: "write",
        why: "to keep the comment; for a fork GitHub makes it read, and the job's summary has the text",
      },
    ],
    steps: [
      { kind: "checkout", history: "The comment shows which lines of the change no test runs." },
      {
        kind: "fetch",
        why: "Data of a job that ran the pull request's code: it is read, and nothing in it is run.",
        name: "test-results",
        folder,
      },
      { kind: "install-dagger" },
      {
        kind: "dagger",
        call: "comment",
        env: {
          ...secretVariables(token),
          SECRETS: secretsList(token),
          RUN_ID: runVariables.RUN_ID,
          RUN_URL: runUrl,
        },
        flags: [
          ...sourceFlags(facts),
          { name: "run", variable: "RUNNER_TEMP", below: `${folder}/run.json` },
          { name: "event", variable: "GITHUB_EVENT_PATH" },
          { name: "repository", variable: "GITHUB_REPOSITORY" },
          { name: "run-url", variable: "RUN_URL" },
          { name: "run-id", variable: "RUN_ID" },
          { name: "github-url", variable: "GITHUB_API_URL" },
          secretsFlag,
          { name: "output", variable: "GITHUB_STEP_SUMMARY" },
        ],
      },
    ],
  };
}
