import { type Answer, ok, thenOk } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import type { Deployment } from "./deployment.ts";
import { listDeployments, variablesOfDeployment } from "./deployments.ts";
import type { Target } from "./target.ts";

/** By what an upload is found again: a value that no other deployment carries. */
export interface Mark {
  readonly key: string;
  /** The variable that carries the key, baked into the deployment. */
  readonly variable: string;
  /** Deployments that were there before, which cannot be it. */
  readonly known: readonly string[];
}

/**
 * Finds what a lost upload has left, or nothing. The message is looked at first, since it comes
 * with the list; then the variables of those that are new.
 */
export async function findUpload(
  connection: Connection,
  target: Target,
  mark: Mark,
): Promise<Answer<Deployment | undefined>> {
  const list = await listDeployments(connection, target);
  return thenOk(list, async (deployments) => {
    const fresh = deployments.filter(({ id }) => !mark.known.includes(id));
    const byMessage = fresh.find(({ message }) => message?.includes(mark.key));
    return byMessage ? ok(byMessage) : findByVariable(connection, fresh, mark);
  });
}

/** The oldest that carries the key: a redeploy or rollback of it carries the key as well. */
async function findByVariable(
  connection: Connection,
  deployments: readonly Deployment[],
  mark: Mark,
): Promise<Answer<Deployment | undefined>> {
  for (const deployment of deployments.toReversed()) {
    const variables = await variablesOfDeployment(connection, deployment.id);
    if (variables.kind !== "ok") return variables;
    if (variables.value[mark.variable] === mark.key) return ok(deployment);
  }
  return ok(undefined);
}
