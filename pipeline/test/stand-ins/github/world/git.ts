import type { Commit, Files } from "./model.ts";
import { commitObject, type GitObject, treeObjects } from "./objects.ts";
import { timeOf } from "./time.ts";
import type { World } from "./world.ts";

export interface NewCommit {
  readonly message: string;
  readonly author?: string;
  /** Added to those that are there; null takes one away. */
  readonly files?: Readonly<Record<string, string | Buffer | null>>;
}

/** A commit at the end of a branch, which is made if there is none. */
export function commitTo(world: World, branch: string, wanted: NewCommit): Commit {
  const parent = headOf(world, branch);
  const files = new Map(parent?.files);
  for (const [path, content] of Object.entries(wanted.files ?? {})) {
    if (content === null) files.delete(path);
    else files.set(path, Buffer.from(content));
  }
  const parents = parent ? [parent.sha] : [];
  return addCommit(world, branch, { ...wanted, files, parents });
}

interface WholeCommit {
  readonly message: string;
  readonly author?: string;
  readonly files: Files;
  readonly parents: readonly string[];
}

export function addCommit(world: World, branch: string, wanted: WholeCommit): Commit {
  const commit = makeCommit(world, wanted);
  world.refs.set(`refs/heads/${branch}`, { sha: commit.sha, type: "commit" });
  return commit;
}

/** A commit that no branch has yet. */
export function makeCommit(
  world: World,
  { message, author = "octocat", files, parents }: WholeCommit,
): Commit {
  const told = { message, author, date: timeOf(world), parents, files };
  const commit = { sha: commitObject(told).sha, ...told };
  world.commits.set(commit.sha, commit);
  return commit;
}

/** The name of files together, by which they can be asked for from now on. */
export function treeOf(world: World, files: Files): string {
  const { sha } = treeObjects(files).at(-1) as GitObject;
  world.trees.set(sha, files);
  return sha;
}

/** A commit that was made elsewhere, as a push brings it; only its name is known. */
export function pushTo(world: World, branch: string, sha: string): void {
  const commit = { sha, message: sha, author: "octocat", date: timeOf(world), parents: [] };
  world.commits.set(sha, { ...commit, files: new Map() });
  world.refs.set(`refs/heads/${branch}`, { sha, type: "commit" });
}

export function headOf(world: World, branch: string): Commit | undefined {
  return world.commits.get(world.refs.get(`refs/heads/${branch}`)?.sha ?? "");
}

/** The commit of a branch, a tag, a whole ref or a SHA, as GitHub takes them. */
export function commitOf(world: World, name: string): Commit | undefined {
  const ref = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`].find((one) =>
    world.refs.has(one),
  );
  const target = ref === undefined ? undefined : world.refs.get(ref);
  const sha = target?.type === "tag" ? world.tags.get(target.sha)?.object : target?.sha;
  return world.commits.get(sha ?? name);
}

/** A commit and all before it, newest first. */
export function historyOf(world: World, sha: string): readonly Commit[] {
  const seen = new Set<Commit>();
  const waiting = [sha];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const commit = world.commits.get(next);
    if (!commit || seen.has(commit)) continue;
    seen.add(commit);
    waiting.push(...commit.parents);
  }
  return [...seen];
}

/** Those that the head has and the base has not, oldest first. */
export function commitsBetween(world: World, base: string, head: string): readonly Commit[] {
  const known = new Set(historyOf(world, base));
  return historyOf(world, head)
    .filter((one) => !known.has(one))
    .toReversed();
}

export function mergeBaseOf(world: World, base: string, head: string): Commit | undefined {
  const known = new Set(historyOf(world, base));
  return historyOf(world, head).find((one) => known.has(one));
}

export interface Change {
  readonly filename: string;
  readonly status: "added" | "removed" | "modified";
}

export function changesBetween(from: Files, to: Files): readonly Change[] {
  const paths = [...new Set([...from.keys(), ...to.keys()])].toSorted();
  return paths.flatMap((filename): Change[] => {
    const [before, after] = [from.get(filename), to.get(filename)];
    if (!before) return [{ filename, status: "added" }];
    if (!after) return [{ filename, status: "removed" }];
    return before.equals(after) ? [] : [{ filename, status: "modified" }];
  });
}

/** The files of both sides together, or nothing where they contradict each other. */
export function mergedFiles(base: Files, ours: Files, theirs: Files): Files | undefined {
  const files = new Map(ours);
  const mine = new Set(changesBetween(base, ours).map(({ filename }) => filename));
  for (const { filename } of changesBetween(base, theirs)) {
    const [own, other] = [ours.get(filename), theirs.get(filename)];
    const same = own === other || (own && other && own.equals(other));
    if (mine.has(filename) && !same) return undefined;
    if (other) files.set(filename, other);
    else files.delete(filename);
  }
  return files;
}
