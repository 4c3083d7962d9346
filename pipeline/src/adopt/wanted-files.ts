import { badges } from "./documents/badges.ts";
import { branchStrategy } from "./documents/branch-strategy.ts";
import { contributing } from "./documents/contributing.ts";
import { githubReadme } from "./documents/github-readme.ts";
import { githubWorkflow } from "./documents/github-workflow.ts";
import { pageText } from "./documents/page.ts";
import { codeowners, issueForm, pullRequestTemplate } from "./documents/templates.ts";
import type { AdoptionFacts } from "./facts.ts";
import { moduleFile } from "./module-file.ts";
import { actionlintFile, stageActionFile } from "./stage-action.ts";
import type { Wanted } from "./wanted.ts";
import { ciCd } from "./workflows/ci-cd.ts";
import { dependencyUpdates } from "./workflows/dependency-updates.ts";
import { prValidation } from "./workflows/pr-validation.ts";
import { release } from "./workflows/release.ts";
import { workflowText } from "./workflows/workflow-text.ts";

/** facts → every file that the repository should have, in the order in which people read them. */
export function wantedFiles(facts: AdoptionFacts): Wanted[] {
  return [
    ...(facts.config === undefined
      ? []
      : [{ kind: "seed", path: "gantry.yaml", text: facts.config } as const]),
    ...moduleFile(facts),
    ...githubFiles(facts),
    ...documents(facts),
  ];
}

/** What lies below .github and is made from the same descriptions everywhere. */
export function githubFiles(facts: AdoptionFacts): Wanted[] {
  const workflows = [ciCd, prValidation, release, dependencyUpdates].map((make) => make(facts));
  return [
    ...workflows.map((workflow) =>
      whole(workflow.file, workflowText(workflow), [yamlEnding(workflow.file)]),
    ),
    whole(".github/actions/stage/action.yml", stageActionFile()),
    whole(".github/actions/stage/index.cjs", facts.stageProgram),
    whole(".github/actionlint.yaml", actionlintFile(), [".github/actionlint.yml"]),
    whole(".github/PULL_REQUEST_TEMPLATE.md", pullRequestTemplate(), pullRequestTemplates),
    whole(".github/ISSUE_TEMPLATE/bug.yml", issueForm("bug"), issueTemplates),
    whole(".github/ISSUE_TEMPLATE/feature.yml", issueForm("feature"), issueTemplates),
    {
      kind: "seed",
      path: ".github/CODEOWNERS",
      text: codeowners(facts),
      elsewhere: ["CODEOWNERS", "docs/CODEOWNERS"],
    },
    whole(".github/README.md", pageText(githubReadme())),
  ];
}

function documents(facts: AdoptionFacts): Wanted[] {
  return [
    whole("docs/GITHUB_WORKFLOW.md", pageText(githubWorkflow(facts))),
    whole("docs/BRANCH_STRATEGY.md", pageText(branchStrategy(facts))),
    whole("CONTRIBUTING.md", pageText(contributing(facts)), contributingPages),
    {
      kind: "block",
      path: "README.md",
      name: "badges",
      block: badges(facts),
      title: facts.name,
      elsewhere: readmes,
    },
    { kind: "lines", path: ".gitignore", lines: [ignored(".env"), ignored(".gantry/")] },
    ...(facts.prettier
      ? [{ kind: "lines", path: ".prettierignore", lines: [generated] } as const]
      : []),
  ];
}

function whole(path: string, text: string, elsewhere: readonly string[] = []): Wanted {
  return { kind: "whole", path, text, elsewhere };
}

/** Written without a slash, or for the root alone, it is ignored just the same. */
function ignored(line: string): { line: string; covers: (line: string) => boolean } {
  const name = line.replace(/\/$/, "");
  const same = [name, `/${name}`, `**/${name}`];
  const more = line.endsWith("/") ? same.map((form) => `${form}/`) : [`${name}*`, `*${name}`];
  return { line, covers: (found) => same.includes(found) || more.includes(found) };
}

/** The one file that is not as prettier would have it. */
const generated = {
  line: ".github/actions/stage/index.cjs",
  covers: (found: string) =>
    /^\/?\.github(\/(actions(\/(stage(\/(index\.cjs)?)?)?)?)?)?$/.test(found),
};

function yamlEnding(file: string): string {
  return file.replace(/\.yml$/, ".yaml");
}

const pullRequestTemplates = [
  ".github/pull_request_template",
  ".github/pull_request_template.txt",
  "pull_request_template",
  "pull_request_template.md",
  "docs/pull_request_template.md",
  ".github/pull_request_template/",
  "pull_request_template/",
];
// GitHub also takes a single file, with or without an ending.
const issueTemplates = [
  ".github/issue_template/",
  ".github/issue_template",
  ".github/issue_template.md",
  ".github/issue_template.txt",
  "issue_template/",
  "issue_template",
  "issue_template.md",
  "docs/issue_template.md",
];
const contributingPages = [
  ".github/CONTRIBUTING.md",
  "docs/CONTRIBUTING.md",
  "CONTRIBUTING.rst",
  "CONTRIBUTING.txt",
  "CONTRIBUTING",
  "docs/CONTRIBUTING.rst",
];
const readmes = ["README.rst", "README.txt", "README", "README.adoc", "README.org"];
