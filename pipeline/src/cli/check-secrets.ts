import { exitOf } from "../errors/catalogue.ts";
import { fail, ok, type Problem, type Result } from "../errors/problem.ts";
import { readEnvironment } from "../host/pull-request/facts.ts";
import { branchesOf } from "../plan/branches.ts";
import { checkEnvironment } from "../pull-request/check-pull-request.ts";
import type { PullRequestReport } from "../pull-request/finding.ts";
import { pullRequestRulesOf } from "../pull-request/rules-of.ts";
import { checkSecrets, isWrong, type SecretRow } from "../secrets/check-secrets.ts";
import { presenceOf } from "../secrets/presence.ts";
import { secretsText } from "../secrets/text.ts";
import { useColor } from "./color.ts";
import { type Listing, listSecrets } from "./list-secrets.ts";
import { showProblems, type Terminal } from "./main.ts";
import type { PlanOptions } from "./options.ts";
import { openProject, type Project } from "./project.ts";

export interface SecretsOptions extends PlanOptions {
  /** What a workflow knows: `NAME=true,OTHER=false`. */
  readonly present?: readonly string[];
}

/**
 * Says which secrets are needed, missing and due. Reads no value but whether there is one. With a
 * token that may ask, GitHub says what is there and since when.
 */
export async function runSecretsCheck(
  options: SecretsOptions,
  terminal: Terminal,
): Promise<number> {
  const workflow = readPresent(options.present ?? []);
  if (!workflow.ok) return refuse(workflow.problems, options, terminal);
  const project = await openProject(options, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const { config, trigger } = project.value;
  const listing = await listSecrets({
    env: terminal.env,
    repository: trigger.repository,
    environments: config.environments.map(({ name }) => name),
  });
  const sources = {
    workflow: workflow.value,
    environment: terminal.env,
    ...(listing.kind === "listed" && { listed: listing.secrets }),
  };
  const today = new Date().toISOString().slice(0, 10);
  const rows = checkSecrets({
    config,
    presence: (name) => presenceOf(name, sources),
    today,
  });
  const files = await environmentReport(project.value, today);
  const verdict = verdictOf(rows, files);
  const { findings } = files;
  const notChecked = [...files.notChecked, ...notListed(listing)];
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify({ verdict, secrets: rows, findings, notChecked }, null, 2)}\n`
      : secretsText({ rows, findings, notChecked }, useColor(options, terminal)),
  );
  return { passed: 0, failed: 1, unknown: 3 }[verdict];
}

/** A job's own token may not list secrets: what is set here counts then, and ages are not known. */
function notListed(listing: Listing): PullRequestReport["notChecked"] {
  if (listing.kind !== "failed") return [];
  return [
    {
      check: "github",
      reason: `what is set on GitHub: ${listing.reason}`,
      mend: "give GITHUB_TOKEN one that may read secrets' names (an app's, with Secrets: read), or say `--present`",
      required: false,
    },
  ];
}

function refuse(problems: readonly Problem[], options: SecretsOptions, terminal: Terminal): number {
  showProblems(problems, terminal, options.json ?? false);
  return exitOf(problems);
}

/** `NAME=true,OTHER=false`. What cannot be read is not repeated: it may be a secret itself. */
function readPresent(words: readonly string[]): Result<Record<string, boolean>> {
  const present: Record<string, boolean> = {};
  for (const word of words.flatMap((list) => list.split(","))) {
    const [, name, value] = /^\s*([A-Za-z_]\w*)=(true|false)\s*$/.exec(word) ?? [];
    if (name === undefined) {
      return fail({
        code: "GANTRY-USAGE",
        message: "`--present` was given something that is not NAME=true or NAME=false",
        mend: "write `--present NAME=true,OTHER=false`; never a value",
      });
    }
    present[name] = value === "true";
  }
  return ok(present);
}

async function environmentReport(project: Project, today: string): Promise<PullRequestReport> {
  const { config, trigger, source } = project;
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), trigger.base ?? "main");
  const facts = await readEnvironment(source.root, trigger.commit);
  return checkEnvironment({ ...facts, today }, rules);
}

function verdictOf(
  rows: readonly SecretRow[],
  files: PullRequestReport,
): PullRequestReport["verdict"] {
  return rows.some(isWrong) ? "failed" : files.verdict;
}
