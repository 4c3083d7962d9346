import { connectFromEnvironment } from "../../github/client/rest/connect-from-environment.ts";
import type { Connection } from "../../github/client/rest/connection.ts";
import { describeFailure } from "../../github/client/rest/describe-failure.ts";
import { listSecretNames } from "../../github/client/settings/secrets.ts";
import type { ListedSecret } from "../../secrets/presence.ts";

/** GitHub's list of secrets, or why there is none. */
export type Listing =
  | { readonly kind: "listed"; readonly secrets: readonly ListedSecret[] }
  | { readonly kind: "not-asked" }
  | { readonly kind: "failed"; readonly reason: string };

export interface ListRequest {
  readonly env: NodeJS.ProcessEnv;
  /** `owner/name`, where the environment does not say it. */
  readonly repository: string | undefined;
  /** Environments with secrets of their own. */
  readonly environments: readonly string[];
}

/** Asks GitHub for the names of secrets, where there is a token; a job's own may not ask. */
export async function listSecrets(request: ListRequest): Promise<Listing> {
  const { env, repository, environments } = request;
  const connection = connectFromEnvironment({
    ...env,
    GITHUB_REPOSITORY: env.GITHUB_REPOSITORY || repository,
  });
  if (!connection.ok) return { kind: "not-asked" };
  const own = await listSecretNames(connection.value);
  if (own.kind !== "ok") return { kind: "failed", reason: describeFailure(own) };
  const theirs = await Promise.all(environments.map((name) => listIn(connection.value, name)));
  return { kind: "listed", secrets: [...theirs.flat(), ...own.value] };
}

/** An environment that GitHub does not know has no secrets of its own. */
async function listIn(
  connection: Connection,
  environment: string,
): Promise<readonly ListedSecret[]> {
  const found = await listSecretNames(connection, environment);
  return found.kind === "ok" ? found.value : [];
}
