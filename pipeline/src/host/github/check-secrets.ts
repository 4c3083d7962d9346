import type { Config } from "../../config/config.ts";
import { branchesOf } from "../../plan/branches.ts";
import type { Trigger } from "../../plan/plan.ts";
import { checkEnvironment } from "../../pull-request/check-pull-request.ts";
import type { PullRequestReport } from "../../pull-request/finding.ts";
import { pullRequestRulesOf } from "../../pull-request/rules-of.ts";
import { checkSecrets, isWrong, type SecretRow } from "../../secrets/check-secrets.ts";
import { type PresenceSources, presenceOf } from "../../secrets/presence.ts";
import type { SecretsReport } from "../../secrets/text.ts";
import { readEnvironment } from "../pull-request/facts.ts";
import { type Listing, listSecrets } from "./list-secrets.ts";

export interface SecretsRequest extends Omit<PresenceSources, "listed"> {
  readonly config: Config;
  readonly trigger: Trigger;
  /** A folder of a git checkout, or one that holds only `.git`. */
  readonly directory: string;
  /** Token and repository, with which GitHub may be asked. */
  readonly env: NodeJS.ProcessEnv;
  /** The day, as `2027-01-31`. */
  readonly today: string;
}

export interface CheckedSecrets extends SecretsReport {
  readonly verdict: PullRequestReport["verdict"];
}

/**
 * Which secrets are needed, missing and due. Reads no value but whether there is one. With a token
 * that may ask, GitHub says what is there and since when.
 */
export async function checkSecretsHere(request: SecretsRequest): Promise<CheckedSecrets> {
  const { config, trigger, today } = request;
  const [listing, files] = await Promise.all([
    listSecrets({
      env: request.env,
      repository: trigger.repository,
      environments: config.environments.map(({ name }) => name),
    }),
    environmentReport(request),
  ]);
  const sources = { ...request, ...(listing.kind === "listed" && { listed: listing.secrets }) };
  const rows = checkSecrets({ config, presence: (name) => presenceOf(name, sources), today });
  return {
    verdict: verdictOf(rows, files),
    rows,
    findings: files.findings,
    notChecked: [...files.notChecked, ...notListed(listing)],
  };
}

async function environmentReport({
  config,
  trigger,
  directory,
  today,
}: SecretsRequest): Promise<PullRequestReport> {
  const rules = pullRequestRulesOf(config, branchesOf(config, trigger), trigger.base ?? "main");
  return checkEnvironment({ ...(await readEnvironment(directory, trigger.commit)), today }, rules);
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

function verdictOf(
  rows: readonly SecretRow[],
  files: PullRequestReport,
): PullRequestReport["verdict"] {
  return rows.some(isWrong) ? "failed" : files.verdict;
}
