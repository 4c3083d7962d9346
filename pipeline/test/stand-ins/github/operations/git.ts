import { type Asked, notFound, type Operations, paged, refusal, said } from "../http/asked.ts";
import {
  addCommit,
  changesBetween,
  commitOf,
  commitsBetween,
  headOf,
  historyOf,
  makeCommit,
  mergeBaseOf,
  mergedFiles,
  treeOf,
} from "../world/git.ts";
import { isProtected, whyGuarded } from "../world/guards.ts";
import type { Commit, TagObject, Target } from "../world/model.ts";
import { gitObject } from "../world/objects.ts";
import { timeOf } from "../world/time.ts";
import type { World } from "../world/world.ts";
import { pullView } from "./pulls.ts";
import { userView } from "./views.ts";

export const git: Operations = {
  "git/get-ref": (world, { path }) => {
    const name = `refs/${path.ref}`;
    const target = world.refs.get(name);
    return target ? said(200, refView(name, target)) : notFound;
  },

  "git/create-ref": (world, { body }: Asked<{ ref: string; sha: string }>) => {
    if (!/^refs\/[^/]+\/./.test(body.ref)) return refusal(422, "Reference name is invalid");
    if (world.refs.has(body.ref)) return refusal(422, "Reference already exists");
    const type = world.tags.has(body.sha) ? "tag" : "commit";
    if (type === "commit" && !world.commits.has(body.sha)) {
      return refusal(422, "Object does not exist");
    }
    const target = { sha: body.sha, type } as const;
    world.refs.set(body.ref, target);
    return said(201, refView(body.ref, target));
  },

  "git/update-ref": (
    world,
    { path, body }: Asked<{ readonly sha: string; readonly force?: boolean }>,
  ) => {
    const name = `refs/${path.ref}`;
    const before = world.refs.get(name);
    if (!before) return refusal(422, "Reference does not exist");
    if (!world.commits.has(body.sha)) return refusal(422, "Object does not exist");
    const forward = historyOf(world, body.sha).some(({ sha }) => sha === before.sha);
    if (!forward && body.force !== true) return refusal(422, "Update is not a fast forward");
    const guarded = whyGuarded(world, path.ref?.replace(/^heads\//, "") ?? "");
    if (guarded) return refusal(422, guarded);
    const target = { sha: body.sha, type: "commit" } as const;
    world.refs.set(name, target);
    return said(200, refView(name, target));
  },

  "git/get-commit": (world, { path }) => {
    const found = world.commits.get(path.commit_sha ?? "");
    return found ? said(200, gitCommitView(world, found)) : notFound;
  },

  "git/create-tree": (world, { body }: Asked<NewTree>) => {
    const base = body.base_tree === undefined ? new Map() : world.trees.get(body.base_tree);
    if (!base) return refusal(404, "base_tree is not a valid tree");
    const files = new Map(base);
    for (const { path, content } of body.tree) files.set(path, Buffer.from(content));
    return said(201, { sha: treeOf(world, files), tree: [], truncated: false });
  },

  "git/create-commit": (world, { body, login }: Asked<NewGitCommit>) => {
    const files = world.trees.get(body.tree);
    const parents = body.parents ?? [];
    if (!files) return refusal(422, "Tree SHA does not exist");
    if (!parents.every((one) => world.commits.has(one))) {
      return refusal(422, "Parent SHA does not exist or is not a commit object");
    }
    const made = makeCommit(world, { message: body.message, author: login, files, parents });
    return said(201, gitCommitView(world, made));
  },

  "git/get-tag": (world, { path }) => {
    const found = world.tags.get(path.tag_sha ?? "");
    return found ? said(200, tagView(found)) : notFound;
  },

  "git/create-tag": (world, { body }: Asked<Pick<TagObject, "tag" | "message" | "object">>) => {
    if (!world.commits.has(body.object)) return refusal(422, "Object does not exist");
    const { tag, message, object } = body;
    const date = timeOf(world);
    const tagObject = {
      sha: gitObject("tag", [object, tag, message, date].join("\n")).sha,
      ...body,
      date,
    };
    world.tags.set(tagObject.sha, { ...tagObject, tag, message, object });
    return said(201, tagView(tagObject));
  },

  "repos/get-commit": (world, { path }) => {
    const name = path.ref ?? "";
    const found = commitOf(world, name);
    if (found) return said(200, commitView(found));
    return /^[0-9a-f]{40}$/.test(name)
      ? refusal(422, `No commit found for SHA: ${name}`)
      : notFound;
  },

  "repos/list-pull-requests-associated-with-commit": (world, { path, search }) => {
    const sha = path.commit_sha ?? "";
    if (!world.commits.has(sha)) return refusal(422, `No commit found for SHA: ${sha}`);
    const found = world.issues.filter(({ pull }) => {
      if (!pull) return false;
      if (pull.merge_commit_sha === sha) return true;
      const base = pull.merged_at ? undefined : headOf(world, pull.base)?.sha;
      return commitsBetween(world, base ?? "", pull.headSha).some((one) => one.sha === sha);
    });
    const below = `/commits/${sha}/pulls`;
    return paged(
      world,
      { search },
      found.map((one) => pullView(world, one)),
      { below },
    );
  },

  "repos/compare-commits-with-basehead": (world, { path }) => {
    const [base, head] = (path.basehead ?? "").split("...").map((one) => commitOf(world, one));
    const from = base && head && mergeBaseOf(world, base.sha, head.sha);
    if (!base || !head || !from) return notFound;
    const ahead = commitsBetween(world, base.sha, head.sha);
    const behind = commitsBetween(world, head.sha, base.sha);
    return said(200, {
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      base_commit: commitView(base),
      merge_base_commit: commitView(from),
      commits: ahead.slice(0, 250).map(commitView),
      files: changesBetween(from.files, head.files),
    });
  },

  "repos/list-branches": (world, { search }) => {
    const names = [...world.refs.keys()].flatMap((ref) => ref.split("refs/heads/")[1] ?? []);
    const shown = names.toSorted().map((name) => branchView(world, name));
    return paged(world, { search }, shown, { below: "/branches" });
  },

  "repos/get-branch": (world, { path }) =>
    headOf(world, path.branch ?? "")
      ? said(200, branchView(world, path.branch ?? ""))
      : refusal(404, "Branch not found"),

  "repos/merge": (world, { body, login }: Asked<NewMerge>) => {
    const [base, head] = [headOf(world, body.base), commitOf(world, body.head)];
    if (!base) return refusal(404, "Base does not exist");
    if (!head) return refusal(404, "Head does not exist");
    if (historyOf(world, base.sha).includes(head)) return said(204);
    const guarded = whyGuarded(world, body.base);
    if (guarded) return refusal(409, `Could not merge: ${guarded}`);
    const from = mergeBaseOf(world, base.sha, head.sha);
    const files = mergedFiles(from?.files ?? new Map(), base.files, head.files);
    if (!files) return refusal(409, "Merge conflict");
    const message = body.commit_message ?? `Merge ${body.head} into ${body.base}`;
    const parents = [base.sha, head.sha];
    const made = addCommit(world, body.base, { message, author: login, files, parents });
    return said(201, commitView(made));
  },
};

interface NewTree {
  readonly base_tree?: string;
  readonly tree: readonly { readonly path: string; readonly content: string }[];
}

interface NewGitCommit {
  readonly message: string;
  readonly tree: string;
  readonly parents?: readonly string[];
}

interface NewMerge {
  readonly base: string;
  readonly head: string;
  readonly commit_message?: string;
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

function refView(ref: string, target: Target): object {
  return { ref, object: { sha: target.sha, type: target.type } };
}

function gitCommitView(world: World, commit: Commit): object {
  const { sha, message, author, date, parents, files } = commit;
  const person = { name: author, email: `${author}@github.test`, date };
  return {
    sha,
    message,
    author: person,
    committer: person,
    tree: { sha: treeOf(world, files) },
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

function tagView({ sha, tag, message, object, date }: TagObject): object {
  const tagger = { name: "octocat", email: "octocat@github.test", date };
  return { sha, tag, message, tagger, object: { sha: object, type: "commit" } };
}

export function commitView({ sha, message, author, date, parents }: Commit): object {
  const person = { name: author, email: `${author}@github.test`, date };
  return {
    sha,
    commit: { message, author: person, committer: person },
    author: userView(author),
    committer: userView(author),
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

function branchView(world: World, name: string): object {
  const commit = headOf(world, name);
  return { name, commit: commit && commitView(commit), protected: isProtected(world, name) };
}
