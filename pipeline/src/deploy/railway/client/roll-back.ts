import { z } from "zod";
import { type Answer, type Failure, lost, mayBeApplied, ok } from "../../../network/answer.ts";
import type { Connection } from "./connection.ts";
import type { Deployment } from "./deployment.ts";
import { listDeployments } from "./deployments.ts";
import { mutation, run } from "./operation.ts";
import type { Target } from "./target.ts";

export const rollbackOperation = mutation<{ id: string }>()(
  "mutation GantryRollback($id: String!) { deploymentRollback(id: $id) }",
  z.object({ deploymentRollback: z.literal(true) }),
);

/**
 * Rolls back to an earlier deployment. Railway answers only `true`: the new deployment is what the
 * list shows afterwards and did not show before. Looked for as well when the answer was lost.
 */
export async function rollBack(
  connection: Connection,
  target: Target,
  to: string,
): Promise<Answer<Deployment>> {
  const before = await listDeployments(connection, target, 50);
  if (before.kind !== "ok") return before;
  const answer = await run(connection, rollbackOperation, { id: to });
  if (answer.kind !== "ok" && !mayBeApplied(answer)) return answer;
  const failure = answer.kind === "ok" ? undefined : answer;
  return findNew(connection, target, { to, before: before.value, failure });
}

interface Search {
  readonly to: string;
  readonly before: readonly Deployment[];
  /** Why the answer cannot be relied on, if it cannot. */
  readonly failure: Failure | undefined;
}

const looks = 5;

/** The list may lag behind the answer: looked at several times before it is given up. */
async function findNew(
  connection: Connection,
  target: Target,
  search: Search,
): Promise<Answer<Deployment>> {
  for (let look = 1; ; look += 1) {
    const after = await listDeployments(connection, target, 50);
    if (after.kind !== "ok") return after.kind === "unauthorised" ? after : unseen(search);
    const found = pick(after.value, search);
    if (found) return found;
    if (look === looks) return unseen(search);
    await connection.sleep(look);
  }
}

function pick(
  after: readonly Deployment[],
  { to, before }: Search,
): Answer<Deployment> | undefined {
  const known = new Map(before.map((one) => [one.id, one]));
  const fresh = after.filter(({ id }) => !known.has(id));
  const rollbacks = fresh.filter(({ reason }) => reason === "rollback");
  const candidates = rollbacks.length > 0 ? rollbacks : fresh;
  if (candidates.length > 1) return lost("several new deployments are there: which one is it?");
  if (candidates[0]) return ok(candidates[0]);
  const revived = after.find(({ id }) => id === to);
  const was = known.get(to)?.phase.phase;
  return revived && was === "removed" && revived.phase.phase !== was ? ok(revived) : undefined;
}

function unseen({ failure }: Search): Answer<Deployment> {
  if (failure === undefined) return lost("the rollback was accepted, but no new deployment shows");
  const why = "reason" in failure ? failure.reason : failure.kind;
  return lost(`${why}; no new deployment shows either`);
}
