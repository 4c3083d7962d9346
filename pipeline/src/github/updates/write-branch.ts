import { actOnce } from "../../network/act-once.ts";
import { type Answer, ok, refused } from "../../network/answer.ts";
import {
  type Connection,
  createGitCommit,
  createRef,
  createTree,
  findGitCommit,
  findRef,
  moveRef,
} from "../client/index.ts";
import type { Wanted } from "./standing-request.ts";
import { signed } from "./strangers.ts";

export interface Written {
  readonly sha: string;
  /** Whether the branch stood elsewhere before. */
  readonly moved: boolean;
}

/**
 * Lets the branch be one commit on the base with the wanted files. Over the API instead of a push:
 * GitHub signs what an app commits there, and no token comes near git.
 */
export async function writeBranch(
  connection: Connection,
  wanted: Wanted,
): Promise<Answer<Written>> {
  const base = await findGitCommit(connection, wanted.commit);
  if (base.kind !== "ok") return base;
  if (!base.value) return refused(`the commit ${wanted.commit} is not on GitHub`, 404);
  const tree = await createTree(connection, { base: base.value.tree, files: wanted.files });
  if (tree.kind !== "ok") return tree;
  const there = await standing(connection, wanted, tree.value);
  if (there.kind !== "ok") return there;
  if (there.value.fits) return ok({ sha: there.value.sha, moved: false });
  const made = await createGitCommit(connection, {
    message: signed(wanted.title, tree.value),
    tree: tree.value,
    parents: [wanted.commit],
  });
  if (made.kind !== "ok") return made;
  const { sha } = made.value;
  const placed = await place(connection, wanted.branch, sha, there.value.sha);
  return placed.kind === "ok" ? ok({ sha, moved: true }) : placed;
}

type Stands =
  | { readonly fits: true; readonly sha: string }
  | { readonly fits: false; readonly sha: string | undefined };

/** Where the branch stands, and whether that is just what is wanted. */
async function standing(
  connection: Connection,
  { branch, commit }: Wanted,
  tree: string,
): Promise<Answer<Stands>> {
  const ref = await findRef(connection, `heads/${branch}`);
  if (ref.kind !== "ok") return ref;
  const sha = ref.value?.sha;
  if (sha === undefined) return ok({ fits: false, sha });
  const found = await findGitCommit(connection, sha);
  if (found.kind !== "ok") return found;
  const { parents = [], tree: has } = found.value ?? {};
  const fits = has === tree && parents.length === 1 && parents[0] === commit;
  return ok({ fits, sha });
}

/** Makes or moves the branch; after a lost answer a look says whether it got there. */
async function place(
  connection: Connection,
  branch: string,
  sha: string,
  before: string | undefined,
): Promise<Answer<unknown>> {
  const name = `heads/${branch}`;
  return actOnce(connection, {
    look: async () => {
      const found = await findRef(connection, name);
      if (found.kind !== "ok") return found;
      return ok(found.value?.sha === sha ? found.value : undefined);
    },
    act: () =>
      before === undefined
        ? createRef(connection, name, sha)
        : moveRef(connection, name, { sha, force: true }),
  });
}
