import type { PullRequestFacts } from "../../src/pull-request/facts.ts";
import {
  defaultBranches,
  defaultLargeFileBytes,
  defaultRequiredFiles,
  defaultTypes,
  type PullRequestRules,
} from "../../src/pull-request/rules.ts";
import { readTitle } from "../../src/pull-request/title.ts";

/** A pull request with which nothing is wrong, changed where a test says so. */
export function factsWith(change: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return {
    today: "2027-01-31",
    title: readTitle("feat(search): find by colour"),
    branch: "feature/search",
    base: "develop",
    files: { value: ["README.md", ".gitignore", "src/a.ts"] },
    changed: { value: [{ path: "src/a.ts", bytes: 100 }] },
    conflicts: { value: [] },
    markers: { value: [] },
    environment: { value: { ignored: true, examples: [] } },
    leaks: { value: [] },
    ...change,
  };
}

/** What a repository with a plain gantry.yaml asks for. */
export function rulesWith(change: Partial<PullRequestRules> = {}): PullRequestRules {
  return {
    asked: true,
    types: [...defaultTypes],
    branches: [...defaultBranches, "develop"],
    requiredFiles: [...defaultRequiredFiles],
    largeFileBytes: defaultLargeFileBytes,
    variables: [],
    accepted: [],
    ...change,
  };
}

/** What one without a gantry.yaml is held to. */
export function rulesWithoutConfig(): PullRequestRules {
  return rulesWith({ asked: false, types: [], branches: [], requiredFiles: [] });
}
