import type { Page } from "./page.ts";

/** .github/README.md: what lies in that folder, and who wrote it. */
export function githubReadme(): Page {
  return {
    title: "What lies here",
    blocks: [
      // GitHub shows this page on a repository's front before the one at its root.
      "The project's own page is [README.md](../README.md). Here is what makes its pipeline:",
      {
        table: [
          ["file", "for"],
          ["`workflows/ci-cd.yml`", "checks, deploys, release"],
          ["`workflows/pr-validation.yml`", "what is asked of a pull request itself"],
          ["`workflows/release.yml`", "the release, after a deploy or by hand"],
          ["`workflows/dependency-updates.yml`", "newer dependencies, tested, in one pull request"],
          [
            "`actions/stage/`",
            "gives each stage a check of its own; generated, without dependencies",
          ],
          ["`actionlint.yaml`", "what actionlint does not know yet"],
          ["`PULL_REQUEST_TEMPLATE.md`, `ISSUE_TEMPLATE/`", "what people are asked for"],
        ],
      },
      "`gantry init` wrote these files and shows what has changed since. Every permission has its reason beside it; a step is an action pinned by commit, or one `dagger call` line.",
      `How it all plays together: [GITHUB_WORKFLOW.md](../docs/GITHUB_WORKFLOW.md).`,
    ],
  };
}
