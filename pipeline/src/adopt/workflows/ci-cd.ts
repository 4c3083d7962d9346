import { commentJob } from "./comment-job.ts";
import { createReleaseJob } from "./create-release-job.ts";
import { deployJob } from "./deploy-job.ts";
import { expression } from "./expression.ts";
import {
  eventFlags,
  runFlags,
  runVariables,
  secretsFlag,
  secretsList,
  secretVariables,
  sourceFlags,
  type WorkflowFacts,
} from "./facts.ts";
import { reportSteps } from "./report-steps.ts";
import type { Job, StepsJob, Variables, Workflow } from "./workflow.ts";

/** Stages whose outcome is a check of its own, which branch protection can require. */
function gatedStages({ security, e2e }: WorkflowFacts): string[] {
  const always = ["code-quality", "unit-tests", "integration-tests", "smoke-tests"];
  return [...always, ...(security ? ["security"] : []), ...(e2e ? ["e2e-tests"] : [])];
}

/** Not at a full hour, when everybody's schedules begin and GitHub drops some. */
const weekly = {
  cron: "17 6 * * 1",
  words: "Mondays at 6:17 UTC, security alone: advisories come without a commit.",
};

/** The checks of a push or pull request, and what follows a push: deploys and the release. */
export function ciCd(facts: WorkflowFacts): Workflow {
  const { main, develop } = facts.branches;
  return {
    file: ".github/workflows/ci-cd.yml",
    name: "ci-cd",
    about,
    on: {
      push: { branches: [main, develop] },
      pullRequest: { branches: [main, develop] },
      mergeGroup: true,
      ...(facts.security && { schedule: weekly }),
    },
    concurrency: {
      why: "A newer push to a pull request ends the older run; pushes to a branch are all checked.",
      group: `ci-cd-${expression("github.event.pull_request.number || github.run_id")}`,
      cancel: expression("github.event_name == 'pull_request'"),
    },
    jobs: [
      checksJob(facts),
      ...gatedStages(facts).map(gateJob),
      commentJob(facts),
      deployJob("staging", ["checks", "unit-tests"], facts),
      deployJob("production", ["checks", "unit-tests", "smoke-tests"], facts),
      createReleaseJob(facts),
    ],
  };
}

const about = [
  "The checks, and the deploys that follow them. One engine runs the checks with `dagger call ci`; every",
  "stage then has a check of its own by its name, which branch protection can require. A deploy is a job",
  "and an engine of its own, so that its token never meets the tests. See docs/GITHUB_WORKFLOW.md.",
].join("\n");

function checksJob(facts: WorkflowFacts): StepsJob {
  return {
    kind: "steps",
    id: "checks",
    environment: {
      name: "checks",
      deployment: false,
      why: "Holds the secrets of the checks, and deploys nothing.",
    },
    minutes: 45,
    grants: [
      {
        scope: "contents",
        level: "read",
        why: "to check the source out; a fork's pull request gets no more than this either",
      },
    ],
    outputs: {
      run: output("run"),
      "deploy-staging": output("deploy-staging"),
      "deploy-production": output("deploy-production"),
      "create-release": output("create-release"),
    },
    env: checkVariables(facts.checkSecrets),
    steps: [
      { kind: "checkout", history: "" },
      {
        kind: "install-dagger",
        why: "Installs the command only: values never pass through its own arguments.",
      },
      {
        kind: "dagger",
        call: "ci",
        flags: [
          ...sourceFlags(facts),
          ...eventFlags,
          ...runFlags,
          ...(facts.checkSecrets.length > 0 ? [secretsFlag] : []),
        ],
      },
      ...reportSteps(facts, { id: "publish" }),
      {
        kind: "keep",
        name: "test-results",
        paths: ["artifacts", "logs", "report.html", "run.json", "state.json"].map(inReport),
      },
      // Small, since every pull request reads the coverage of its base out of it.
      {
        kind: "keep",
        name: "workflow-metrics",
        paths: ["metrics.txt", "state.json"].map(inReport),
      },
    ],
  };
}

function checkVariables(secrets: readonly string[]): Variables {
  const [first, ...others] = Object.entries(secretVariables(secrets));
  return {
    EVENT_NAME: expression("github.event_name"),
    ...runVariables,
    ...(first && {
      SECRETS: secretsList(secrets),
      [first[0]]: {
        value: first[1],
        why: "Empty in a fork's pull request: GitHub hands it no secret, and the plan asks for none.",
      },
    }),
    ...Object.fromEntries(others),
  };
}

function gateJob(stage: string, index: number): Job {
  return {
    kind: "steps",
    id: stage,
    ...(index === 0 && {
      about: [
        "A skipped required check counts as a success on GitHub, so these always run, and are green only",
        "if the stage passed or the plan itself left it out.",
      ].join("\n"),
    }),
    needs: ["checks"],
    condition: { is: "always()" },
    minutes: 5,
    grants: [],
    steps: [{ kind: "stage", inputs: { stage, run: expression("needs.checks.outputs.run") } }],
  };
}

function output(name: string): string {
  return expression(`steps.publish.outputs.${name}`);
}

function inReport(name: string): string {
  return `gantry-report/${name}`;
}
