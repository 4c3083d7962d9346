import { z } from "zod";
import { exception } from "../config/accepted.ts";

/** What this repository asks of a pull request: the settings of the plan's step. */
export const pullRequestRules = z.strictObject({
  asked: z
    .boolean()
    .describe("Whether a gantry.yaml asks for it; else only what is wrong everywhere counts."),
  types: z.array(z.string()).describe("Types that a title may begin with; none: not asked."),
  branches: z
    .array(z.string())
    .describe("Names of branches; one that ends with `/` stands for all below. None: not asked."),
  requiredFiles: z.array(z.string()),
  largeFileBytes: z.int().positive(),
  variables: z.array(z.string()).describe("What `.env.example` has to name."),
  accepted: z.array(exception),
});

export type PullRequestRules = z.infer<typeof pullRequestRules>;

export const defaultTypes = [
  "feat",
  "fix",
  "docs",
  "style",
  "refactor",
  "perf",
  "test",
  "build",
  "ci",
  "chore",
  "revert",
] as const;

export const defaultBranches = [
  "feature/",
  "fix/",
  "chore/",
  "hotfix/",
  "docs/",
  "refactor/",
  "test/",
] as const;

/** Branches that programs make: they name them as they like. */
export const botBranches = ["dependabot/", "renovate/", "gantry/", "gh-readonly-queue/"] as const;

export const defaultRequiredFiles = ["README.md"] as const;
export const defaultLargeFileBytes = 1024 * 1024;
