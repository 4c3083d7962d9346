import { expression } from "./expression.ts";
import {
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import type { Grant, Input, Workflow } from "./workflow.ts";

/** What a release writes; the job that calls this workflow has to grant as much. */
export const releaseGrants: readonly Grant[] = [
  {
    scope: "contents",
    level: "write",
    why: "the tag, the release with its assets, and the changelog",
  },
  {
    scope: "pull-requests",
    level: "write",
    why: "to bring a release back to develop where git cannot merge it by itself",
  },
];

/** A release after a proven deploy, or by hand to finish or repeat one. */
export function release(facts: WorkflowFacts): Workflow {
  const secrets = ["GITHUB_TOKEN", ...facts.releaseSecrets];
  return {
    file: ".github/workflows/release.yml",
    name: "release",
    about: [
      "Makes the release of what was deployed: called by ci-cd.yml after a proven deploy, or started by hand",
      "to finish or repeat one. Each step looks first and acts only where something is missing.",
    ].join("\n"),
    on: { called: { inputs: {} }, byHand: { inputs: { "dry-run": dryRun } } },
    concurrency: {
      why: "One release at a time, and none is ended half way.",
      group: "release",
      cancel: false,
    },
    jobs: [
      {
        kind: "steps",
        id: "create-release",
        ...(facts.releaseSecrets.length > 0 && {
          environment: {
            name: "release",
            deployment: false,
            why: "Holds the secrets of a release, and deploys nothing.",
          },
        }),
        minutes: 30,
        grants: releaseGrants,
        steps: [
          { kind: "checkout", history: "The version follows from the commits since the last tag." },
          { kind: "install-dagger" },
          {
            kind: "dagger",
            call: "release",
            env: {
              ...secretVariables(secrets),
              SECRETS: secretsList(secrets),
              RUN_ID: runVariables.RUN_ID,
              DRY_RUN: {
                value: expression("inputs.dry-run || false"),
                why: "Only a run by hand can ask for it.",
              },
            },
            flags: [
              ...sourceFlags(facts),
              { name: "run-id", variable: "RUN_ID" },
              { name: "dry-run", variable: "DRY_RUN" },
              secretsFlag,
            ],
          },
        ],
      },
    ],
  };
}

const dryRun: Input = {
  description: "Only say what would be released.",
  type: "boolean",
  default: false,
};
