import { branchStrategy } from "../pipeline/src/adopt/documents/branch-strategy.ts";
import { githubWorkflow } from "../pipeline/src/adopt/documents/github-workflow.ts";
import { pageText } from "../pipeline/src/adopt/documents/page.ts";
import type { AdoptionFacts } from "../pipeline/src/adopt/facts.ts";
import { githubFiles } from "../pipeline/src/adopt/wanted-files.ts";

/** Gantry's own repository, as `gantry init` sees others: two branches, no environment. */
const own: AdoptionFacts = {
  name: "gantry",
  branches: { main: "main", develop: "develop" },
  environments: [],
  secrets: [],
  checkSecrets: ["CODECOV_TOKEN"],
  staging: ["RAILWAY_TOKEN"],
  production: ["RAILWAY_TOKEN"],
  releaseSecrets: [],
  updates: { schedule: "0 9 * * 1", token: "GANTRY_APP_TOKEN" },
  security: false,
  e2e: false,
  authors: [],
  prettier: false,
  gantry: { kind: "own" },
  stageProgram: "",
};

/** The files below .github and the documents that come out of the same generator as everybody's. */
export function ownGithub(): [string, string][] {
  const files = githubFiles(own).flatMap((file): [string, string][] =>
    // The action's program is a bundle, with a check of its own.
    file.kind === "whole" && !file.path.endsWith(".cjs") ? [[file.path, file.text]] : [],
  );
  return [
    ...files,
    ["docs/GITHUB_WORKFLOW.md", pageText(githubWorkflow(own))],
    ["docs/BRANCH_STRATEGY.md", pageText(branchStrategy(own))],
  ];
}
