import type { Seen } from "../../adopt/migrate/seen.ts";
import { listSecrets } from "../../host/github/list-secrets.ts";
import { checkSecrets } from "../../secrets/check-secrets.ts";
import { presenceOf } from "../../secrets/presence.ts";
import type { Project } from "../project.ts";

/** Required secrets that are missing. What is not set here may be set on GitHub, where nobody asked. */
export async function lookAtSecrets(
  { config, trigger }: Project,
  env: NodeJS.ProcessEnv,
): Promise<Seen["missingSecrets"]> {
  const listing = await listSecrets({
    env,
    repository: trigger.repository,
    environments: config.environments.map(({ name }) => name),
  });
  const listed = listing.kind === "listed" ? listing.secrets : undefined;
  const sources = { workflow: {}, environment: env, listed };
  const today = new Date().toISOString().slice(0, 10);
  const rows = checkSecrets({ config, presence: (name) => presenceOf(name, sources), today });
  const missing = rows
    .filter(({ state, optional }) => state === "missing" && !optional)
    .map(({ name }) => name);
  if (missing.length === 0 || listing.kind === "listed") return { known: true, value: missing };
  const reason = listing.kind === "failed" ? listing.reason : "GitHub was not asked";
  return { known: false, why: `not set here: ${missing.join(", ")}; ${reason}` };
}
