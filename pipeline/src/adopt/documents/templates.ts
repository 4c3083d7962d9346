import type { AdoptionFacts, Author } from "../facts.ts";
import { yamlText } from "../yaml-text.ts";
import { type Block, partText } from "./page.ts";

/** .github/PULL_REQUEST_TEMPLATE.md. */
export function pullRequestTemplate(): string {
  const blocks: readonly Block[] = [
    {
      hint: "The title is a conventional commit: feat: …, fix(scope): …, feat!: … for a breaking change.",
    },
    { heading: "What changes, and why", blocks: [] },
    { heading: "How it was tried", blocks: [] },
    {
      heading: "Before the review",
      blocks: [
        {
          checks: [
            "`gantry ci` passes here",
            "tests cover what is new",
            "documents say what changed",
            "nothing secret is in the code",
          ],
        },
      ],
    },
  ];
  return partText(blocks);
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly required?: true;
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly title: string;
  readonly label: string;
  readonly fields: readonly Field[];
}

/** A form for an issue, as GitHub reads it. */
export function issueForm(kind: "bug" | "feature"): string {
  const { name, description, title, label, fields } = forms[kind];
  return yamlText({
    name,
    description,
    title,
    labels: [label],
    body: fields.map((field) => ({
      type: "textarea",
      id: field.id,
      attributes: { label: field.label, description: field.description },
      validations: { required: field.required ?? false },
    })),
  });
}

const forms: Readonly<Record<"bug" | "feature", Form>> = {
  bug: {
    name: "Something is wrong",
    description: "What happens is not what should.",
    title: "fix: ",
    label: "bug",
    fields: [
      { id: "seen", label: "What happens", required: true },
      { id: "expected", label: "What should happen", required: true },
      {
        id: "steps",
        label: "How to see it",
        description: "The fewest steps from a fresh start.",
        required: true,
      },
      { id: "where", label: "Where", description: "Version or commit, system, browser." },
    ],
  },
  feature: {
    name: "Something is missing",
    description: "What would help, and whom.",
    title: "feat: ",
    label: "enhancement",
    fields: [
      { id: "need", label: "What it is needed for", required: true },
      { id: "idea", label: "How it could look" },
      { id: "else", label: "What else would do" },
    ],
  },
};

/**
 * CODEOWNERS. Names in git's history are no accounts on GitHub, so they are only suggested; the
 * owner of the repository is one.
 */
export function codeowners({ repository, authors }: AdoptionFacts): string {
  const owner = repository?.split("/")[0];
  return [
    "# Who is asked to review what; the last line that matches counts.",
    ...(owner ? [`* @${owner}`] : ["# * @account"]),
    ...(authors.length > 0 ? ["#", "# Who committed most, as git knows them:"] : []),
    ...authors.map(authorLine),
    "",
  ].join("\n");
}

function authorLine({ name, commits }: Author): string {
  const shown = name
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " ")
    .trim()
    .slice(0, 100);
  return `#   ${shown} (${commits} ${commits === 1 ? "commit" : "commits"})`;
}
