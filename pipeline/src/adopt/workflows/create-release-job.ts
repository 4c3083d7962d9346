import { runVariables, type WorkflowFacts } from "./facts.ts";
import { releaseGrants, releaseJobParts } from "./release-steps.ts";
import type { StepsJob } from "./workflow.ts";

/** The release of what a push brought to production and proved there. */
export function createReleaseJob(facts: WorkflowFacts): StepsJob {
  return {
    kind: "steps",
    id: "create-release",
    needs: ["checks", "deploy-production"],
    condition: {
      is: [
        "github.event_name == 'push'",
        "needs.checks.outputs.create-release == 'true'",
        "needs.deploy-production.result == 'success'",
        "needs.deploy-production.outputs.proven == 'true'",
      ].join(" && "),
      why: "Only what serves and is proven: a deploy that was skipped or is red has no such word.",
    },
    minutes: 30,
    concurrency: {
      why: "One at a time, also of those that are started by hand, and none is ended half way.",
      group: "release",
      cancel: false,
    },
    grants: releaseGrants,
    env: runVariables,
    ...releaseJobParts(facts, {
      from: {
        why: "The run that proved the version: its state.json comes with the release.",
        name: "deploy-production",
        folder: "deployed",
      },
      flags: [],
      env: {},
      kept: "always()",
    }),
  };
}
