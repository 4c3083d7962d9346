import { expression } from "./expression.ts";
import { eventFlags, runFlags, runVariables, sourceFlags, type WorkflowFacts } from "./facts.ts";
import type { Workflow } from "./workflow.ts";

/** What is asked of a pull request itself: again whenever its title is edited. */
export function prValidation(facts: WorkflowFacts): Workflow {
  return {
    file: ".github/workflows/pr-validation.yml",
    name: "pr-validation",
    about: [
      "What is asked of a pull request itself: title, branch name, files, merge, secrets. It starts again",
      "when the title is edited, which ci-cd.yml does not have to know of.",
    ].join("\n"),
    on: { pullRequest: { types: ["opened", "synchronize", "reopened", "edited"] } },
    concurrency: {
      why: "Only the newest state of a pull request counts.",
      group: `pr-validation-${expression("github.event.pull_request.number")}`,
      cancel: true,
    },
    jobs: [
      {
        kind: "steps",
        id: "pr-checks",
        minutes: 15,
        grants: [
          { scope: "contents", level: "read", why: "to read the branch's commits and its base's" },
        ],
        env: { EVENT_NAME: expression("github.event_name"), ...runVariables },
        steps: [
          { kind: "checkout", history: "Every commit of the branch is looked at." },
          { kind: "install-dagger" },
          {
            kind: "dagger",
            call: "pr-checks",
            flags: [...sourceFlags(facts), ...eventFlags, ...runFlags],
          },
        ],
      },
    ],
  };
}
