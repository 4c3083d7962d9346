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
 * The branch's end, if it is not Gantry's own commit: one without the trailer, or with one that is not
 * true of it. Nothing where there is no branch, or one that has nothing of its own.
 */
export async function strangersOn(
  connection: Connection,
  { base, branch }: { readonly base: string; readonly branch: string },
): Promise<Answer<string | undefined>> {
  const ref = await findRef(connection, `heads/${branch}`);
  if (ref.kind !== "ok") return ref;
  if (!ref.value) return ok(undefined);
  const { sha } = ref.value;
  const end = await findGitCommit(connection, sha);
  if (end.kind !== "ok") return end;
  if (end.value && treeIn(end.value.message) === end.value.tree) return ok(undefined);
  const compared = await compareCommits(connection, base, branch);
  return compared.kind === "ok" ? ok(compared.value.aheadBy > 0 ? sha : undefined) : compared;
}
