import { type Answer, ok } from "../../network/answer.ts";
import { type Connection, compareCommits, findGitCommit, findRef } from "../client/index.ts";

const trailer = "Gantry-Tree";

/** A commit's message with the tree that it was made with: whoever amends it changes the tree. */
export function signed(title: string, tree: string): string {
  return `${title}\n\n${trailer}: ${tree}\n`;
}

/** The tree that a message names, if Gantry wrote it. */
export function treeIn(message: string): string | undefined {
  return new RegExp(`^${trailer}: ([0-9a-f]{40,64})$`, "m").exec(message)?.[1];
}

/**
 * The branch's end, if anything on it is not Gantry's own: a commit without the trailer, or with one
 * that is not true of it. Nothing where there is no branch, or only what Gantry wrote.
 */
export async function strangersOn(
  connection: Connection,
  { base, branch }: { readonly base: string; readonly branch: string },
): Promise<Answer<string | undefined>> {
  const ref = await findRef(connection, `heads/${branch}`);
  if (ref.kind !== "ok" || !ref.value) return ref.kind === "ok" ? ok(undefined) : ref;
  const end = ref.value.sha;
  const compared = await compareCommits(connection, base, branch);
  if (compared.kind !== "ok") return compared;
  const { commits, aheadBy } = compared.value;
  // Gantry writes one commit; more than GitHub shows are surely not its own.
  if (aheadBy > commits.length) return ok(end);
  for (const { sha } of commits) {
    const found = await findGitCommit(connection, sha);
    if (found.kind !== "ok") return found;
    if (!found.value || treeIn(found.value.message) !== found.value.tree) return ok(end);
  }
  return ok(undefined);
}
