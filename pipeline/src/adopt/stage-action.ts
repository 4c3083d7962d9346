import { yamlText } from "./yaml-text.ts";

/** action.yml of the local action that publishes a run and judges its stages. */
export function stageActionFile(): string {
  return yamlText({
    name: "stage",
    description:
      "Hands a Gantry run on to later jobs, or fails a stage's job unless the run says passed or skipped by plan.",
    inputs: described({
      report: "The folder of the run's report, to publish it.",
      stage: "The stage whose outcome decides this job.",
      run: "The run, as an earlier job of this action published it.",
    }),
    outputs: described({
      run: "What the stages' jobs need to know of the run, as JSON.",
      "deploy-staging":
        "Whether the plan deploys this push to staging, and all that the deploy needs was green.",
      "deploy-production": "The same of production.",
      "create-release":
        "Whether the plan releases this push, once production is deployed and proven.",
      proven: "Whether the run was a deploy whose version serves and is proven.",
      url: "Where the deployed service is reached, if the run was a deploy.",
    }),
    runs: { using: "node24", main: "index.cjs" },
  });
}

function described(
  texts: Readonly<Record<string, string>>,
): Record<string, { description: string }> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, description]) => [name, { description }]),
  );
}

/** What actionlint has to overlook until it knows GitHub's `$/…`. */
export function actionlintFile(): string {
  const about = [
    "actionlint 1.7.12 does not know GitHub's `uses: $/…`, the workflow's own repository at the very commit",
    "that runs (https://github.com/rhysd/actionlint/issues/711). To be taken away when it does.",
  ].join("\n");
  const overlooked = [
    '^specifying action "[$]/\\.github/actions/[a-z-]+" in invalid format because ref is missing',
  ];
  return yamlText({ paths: { ".github/workflows/**/*.yml": { ignore: overlooked } } }, about);
}
