import {
  runFlags,
  runUrl,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import { reportSteps } from "./report-steps.ts";
import type { FetchStep, Flag, Grant, StepsJob, Variables } from "./workflow.ts";

/** What a release writes. */
export const releaseGrants: readonly Grant[] = [
  {
    scope: "contents",
    level: "write",
    why: "the tag, the release with its assets, the changelog's commit and the merge to develop",
  },
  {
    scope: "pull-requests",
    level: "write",
    why: "the changelog or the merge comes as a pull request where a branch takes nothing else",
  },
];

export interface ReleaseParts {
  /** The run that proved the version, where it belongs to the same workflow. */
  readonly from?: Pick<FetchStep, "why" | "name" | "folder">;
  readonly flags: readonly Flag[];
  readonly env: Variables;
  /** When the run's report is kept. */
  readonly kept: string;
}

/** Environment and steps of a job that releases. */
export function releaseJobParts(
  facts: WorkflowFacts,
  { from, flags, env, kept }: ReleaseParts,
): Pick<StepsJob, "environment" | "steps"> {
  const secrets = ["GITHUB_TOKEN", ...facts.releaseSecrets];
  return {
    ...(facts.releaseSecrets.length > 0 && {
      environment: {
        name: "release",
        deployment: false,
        why: "Holds the secrets of a release, and deploys nothing.",
      },
    }),
    steps: [
      { kind: "checkout", history: "The version is made of all commits and tags." },
      ...(from ? [{ kind: "fetch", ...from } as const] : []),
      { kind: "install-dagger" },
      {
        kind: "dagger",
        call: "release",
        env: {
          ...env,
          ...secretVariables(secrets),
          SECRETS: secretsList(secrets),
          RUN_URL: runUrl,
        },
        flags: [
          ...sourceFlags(facts),
          ...flags,
          { name: "branch", variable: "GITHUB_REF_NAME" },
          { name: "repository", variable: "GITHUB_REPOSITORY" },
          ...(from ? [stateOf(from.folder)] : []),
          { name: "run-url", variable: "RUN_URL" },
          ...runFlags,
          { name: "github-url", variable: "GITHUB_API_URL" },
          secretsFlag,
        ],
      },
      ...reportSteps(facts, { when: kept }),
      { kind: "keep", name: "create-release", paths: ["gantry-report"], when: kept },
    ],
  };
}

function stateOf(folder: string): Flag {
  return { name: "state", variable: "RUNNER_TEMP", below: `${folder}/state.json` };
}
