import { ok, type Result } from "../../errors/problem.ts";
import type { History, HistoryCommit, VersionTag } from "../../release/history.ts";
import { prerelease } from "../../release/version/semver.ts";
import { type TagForm, versionTags } from "../../release/version/tags.ts";
import { git } from "../git.ts";
import { findCommit } from "../version.ts";
import { type RepositoryFacts, readRepository } from "./repository.ts";

export interface HistoryRequest {
  readonly directory: string;
  /** What was read of the repository before; else it is read now. */
  readonly facts?: RepositoryFacts;
  /** What is released: a commit, tag or branch (HEAD). */
  readonly at?: string;
  readonly branch?: string;
  /** The pre-releases' name, where the branch makes some. */
  readonly channel?: string;
  readonly form: TagForm;
  /** Only changes of these folders. */
  readonly paths?: readonly string[];
  /** Tags that are looked through, as if they were not there. */
  readonly without?: readonly string[];
}

/**
 * Reads what planning needs: all tags by name, and the commits since the last version. Git is asked
 * a fixed number of times, and its work grows with those commits, not with the whole history.
 */
export async function readReleaseHistory(request: HistoryRequest): Promise<Result<History>> {
  const { directory, at, branch } = request;
  const facts = request.facts ? ok(request.facts) : await readRepository(directory);
  if (!facts.ok) return facts;
  const found = at === undefined ? ok(facts.value.head) : await findCommit(directory, at);
  const head = found.ok ? found.value : "";
  const taken = versionTags(facts.value.tags, request.form);
  const shared = { head, ...(branch !== undefined && { branch }), taken };
  if (head === "") return ok({ ...shared, commits: [] });
  const seen = taken.filter(({ name }) => !request.without?.includes(name));
  // Mostly the highest version is the one, and what git says of its commits shows it at once.
  const guess = seen.find(({ version }) => prerelease(version) === null);
  const guessed = await readCommits(request, range(guess, head));
  if (!guessed.ok) return guessed;
  const known = guess && guessed.value.edge.has(guess.commit) ? guess.commit : undefined;
  const { previous, previousOfChannel } = await lastVersions(request, { head, seen, known });
  const [commits, fresh] = await Promise.all([
    previous === guess ? guessed : readCommits(request, range(previous, head)),
    previousOfChannel
      ? git(directory, ["rev-list", "--end-of-options", ...range(previousOfChannel, head)])
      : undefined,
  ]);
  if (!commits.ok) return commits;
  if (fresh && !fresh.ok) return fresh;
  return ok({
    ...shared,
    ...(previous && { previous }),
    ...(previousOfChannel && { previousOfChannel }),
    commits: commits.value.commits,
    ...(fresh && { fresh: fresh.value.split("\n").filter((line) => line !== "") }),
  });
}

/**
 * The highest versions that the commit holds. Almost always the first one or two that are asked
 * for; after some that lie elsewhere, git is asked for all at once.
 */
async function lastVersions(
  { directory, channel }: HistoryRequest,
  { head, seen, known }: { head: string; seen: readonly VersionTag[]; known: string | undefined },
): Promise<Pick<History, "previous" | "previousOfChannel">> {
  let held: ReadonlySet<string> | undefined;
  let asked = 0;
  let previousOfChannel: VersionTag | undefined;
  for (const tag of seen) {
    const name = prerelease(tag.version)?.[0];
    const counts = name === undefined || (!previousOfChannel && (channel ?? name) === name);
    if (!counts) continue;
    if (++asked > 8) held ??= await heldTags(directory, head);
    const reached =
      tag.commit === known ||
      (held ? held.has(tag.name) : await isAncestor(directory, tag.commit, head));
    if (!reached) continue;
    if (name !== undefined) previousOfChannel = tag;
    else return { previous: tag, ...(previousOfChannel && { previousOfChannel }) };
  }
  return previousOfChannel ? { previousOfChannel } : {};
}

async function isAncestor(directory: string, commit: string, head: string): Promise<boolean> {
  if (commit === head) return true;
  return (await git(directory, ["merge-base", "--is-ancestor", commit, head])).ok;
}

async function heldTags(directory: string, head: string): Promise<ReadonlySet<string>> {
  const format = "--format=%(refname:strip=2)";
  const listed = await git(directory, ["for-each-ref", format, `--merged=${head}`, "refs/tags"]);
  return new Set(listed.ok ? listed.value.split("\n") : []);
}

function range(previous: VersionTag | undefined, head: string): string[] {
  return previous ? [head, `^${previous.commit}`] : [head];
}

const fields = ["%m", "%H", "%P", "%an", "%ae", "%B"];

interface Stretch {
  readonly commits: readonly HistoryCommit[];
  /** Where it begins: the commits of the older version that those of the newer one stand on. */
  readonly edge: ReadonlySet<string>;
}

async function readCommits(
  { directory, paths }: HistoryRequest,
  revisions: readonly string[],
): Promise<Result<Stretch>> {
  const listed = await git(directory, [
    "log",
    "-z",
    "--topo-order",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--encoding=UTF-8",
    `--format=tformat:${fields.join("%x00")}`,
    // With paths, git would leave out one side of a merge where both look the same; and since it
    // then writes other parents, the edge would not be the true one.
    paths ? "--full-history" : "--boundary",
    "--end-of-options",
    ...revisions,
    "--",
    ...(paths ?? []).map((path) => `:(top,literal)${path}`),
  ]);
  return listed.ok ? ok(splitCommits(listed.value)) : listed;
}

function splitCommits(output: string): Stretch {
  const parts = output.split("\0");
  const commits: HistoryCommit[] = [];
  const edge = new Set<string>();
  for (let at = 0; at + fields.length <= parts.length; at += fields.length) {
    const [mark, hash = "", parents = "", name = "", email = "", message = ""] = parts.slice(
      at,
      at + 6,
    );
    const author = { name, email };
    if (mark === "-") edge.add(hash);
    else commits.push({ hash, parents: parents.split(" ").filter(Boolean), author, message });
  }
  return { commits, edge };
}
