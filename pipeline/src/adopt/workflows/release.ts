import { expression } from "./expression.ts";
import { runVariables, type WorkflowFacts } from "./facts.ts";
import { releaseGrants, releaseJobParts } from "./release-steps.ts";
import type { Input, Workflow } from "./workflow.ts";

/** A release by hand, to finish or repeat one. */
export function release(facts: WorkflowFacts): Workflow {
  return {
    file: ".github/workflows/release.yml",
    name: "release",
    about: [
      "Finishes or retries a release by hand: it looks first, and does only what is not done yet. What a push",
      `to ${facts.branches.main} brings is released by ci-cd.yml, once production is proven.`,
    ].join("\n"),
    on: { byHand: { inputs: { "dry-run": dryRun } } },
    concurrency: {
      why: "One at a time, also of those that follow a deploy, and none is ended half way.",
      group: "release",
      cancel: false,
    },
    jobs: [
      {
        kind: "steps",
        id: "release",
        minutes: 30,
        grants: releaseGrants,
        env: runVariables,
        ...releaseJobParts(facts, {
          env: { DRY_RUN: expression("inputs.dry-run") },
          flags: [{ name: "dry-run", variable: "DRY_RUN" }],
          kept: "always() && !inputs.dry-run",
        }),
      },
    ],
  };
}

const dryRun: Input = {
  description: "Only say what would be released",
  type: "boolean",
  default: true,
};
