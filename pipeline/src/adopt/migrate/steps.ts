import type { Seen } from "./seen.ts";
import { sightOf } from "./sights.ts";

/** What looking at a step says. */
export interface Sight {
  readonly is: "done" | "open" | "unknown";
  readonly what: string;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  /** What to do next for it: a command, or a sentence. */
  readonly next: (seen: Seen) => string;
  /** Absent: only people can know. */
  readonly look?: (seen: Seen) => Sight;
}

export interface Phase {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

const runInit = (): string => "gantry init";
const firstOf = (seen: Seen): string =>
  Object.keys(seen.proven).find((name) => name !== "production") ??
  Object.keys(seen.proven)[0] ??
  "";

/** The five phases from a repository without a pipeline to one that delivers itself. */
export const phases: readonly Phase[] = [
  {
    id: "setup",
    title: "Initial setup",
    steps: [
      {
        id: "develop-branch",
        title: "the branch where work comes together",
        next: ({ main, develop }) =>
          `git branch ${develop} ${main} && git push -u origin ${develop}`,
        look: sightOf.developBranch,
      },
      {
        id: "baseline-tag",
        title: "a version tag on what is in production today",
        next: ({ main }) =>
          `git tag -a v1.0.0 -m "Production baseline" ${main} && git push origin v1.0.0`,
        look: sightOf.baselineTag,
      },
      {
        id: "protection",
        title: "both branches are protected",
        next: () => "gantry protect apply",
        look: sightOf.protection,
      },
      {
        id: "secrets",
        title: "every required secret is set",
        next: () => "gantry secrets check",
        look: sightOf.secrets,
      },
    ],
  },
  {
    id: "workflows",
    title: "Workflows",
    steps: [
      {
        id: "ci-cd-workflow",
        title: "checks and deploys",
        next: runInit,
        look: sightOf.generated([
          "gantry.yaml",
          "dagger.json",
          ".github/workflows/ci-cd.yml",
          ".github/actions/stage/action.yml",
          ".github/actions/stage/index.cjs",
        ]),
      },
      {
        id: "pr-validation-workflow",
        title: "what is asked of a pull request",
        next: runInit,
        look: sightOf.generated([".github/workflows/pr-validation.yml"]),
      },
      {
        id: "other-workflows",
        title: "the release workflow",
        next: runInit,
        look: sightOf.generated([".github/workflows/release.yml"]),
      },
      {
        id: "sample-pull-request",
        title: "the checks of a first pull request are green",
        next: ({ develop }) => `open a small pull request to ${develop} and let its checks run`,
        look: sightOf.greenRun,
      },
      {
        id: "deployment-integration",
        title: "a deploy reached an environment and was proven there",
        next: (seen) => {
          const name = firstOf(seen);
          return name === ""
            ? "say where it is deployed: `environments:` in gantry.yaml"
            : `gantry deploy --env ${name}`;
        },
        look: sightOf.anyDeploy,
      },
    ],
  },
  {
    id: "documents",
    title: "Documents",
    steps: [
      {
        id: "contributing",
        title: "CONTRIBUTING",
        next: runInit,
        look: sightOf.written(["CONTRIBUTING.md"]),
      },
      {
        id: "workflow-documents",
        title: "GITHUB_WORKFLOW and BRANCH_STRATEGY",
        next: runInit,
        look: sightOf.written(["docs/GITHUB_WORKFLOW.md", "docs/BRANCH_STRATEGY.md"]),
      },
      {
        id: "readme-badges",
        title: "badges in the README",
        next: runInit,
        look: sightOf.written(["README.md"]),
      },
      {
        id: "templates",
        title: "templates for pull requests and issues, CODEOWNERS",
        next: runInit,
        look: sightOf.written([
          ".github/PULL_REQUEST_TEMPLATE.md",
          ".github/ISSUE_TEMPLATE/bug.yml",
          ".github/CODEOWNERS",
        ]),
      },
    ],
  },
  {
    id: "onboarding",
    title: "Onboarding",
    steps: [
      {
        id: "walkthrough",
        title: "everybody has seen the way of a change",
        next: () => "walk through docs/GITHUB_WORKFLOW.md together",
      },
      {
        id: "practice",
        title: "everybody has opened a pull request",
        next: () => "let each open a small pull request",
      },
      {
        id: "test-deployment",
        title: "a deploy was tried outside production, and taken back",
        next: () => "gantry deploy --env staging && gantry rollback --env staging",
      },
      {
        id: "lessons-learned",
        title: "what was learned is written down",
        next: () => "write down what surprised you, in docs/",
      },
    ],
  },
  {
    id: "cutover",
    title: "Production cutover",
    steps: [
      {
        id: "pending-work",
        title: "all pending work is merged",
        next: ({ develop }) => `merge or close the open pull requests to ${develop}`,
      },
      {
        id: "release-pull-request",
        title: "the release pull request is merged",
        next: () => "gantry release --pr",
      },
      {
        id: "production-deploy",
        title: "production is deployed by the pipeline",
        next: ({ main }) => `push to ${main}, or: gantry deploy --env production`,
        look: sightOf.productionDeploy,
      },
      {
        id: "monitoring",
        title: "somebody has watched it for a day",
        next: () => "gantry status --env production",
      },
      { id: "celebration", title: "it was celebrated", next: () => "cake" },
    ],
  },
];

/** Every step, in order. */
export const steps: readonly Step[] = phases.flatMap((phase) => phase.steps);
