import { fail, ok, type Result } from "../errors/problem.ts";
import type { History, HistoryCommit, Tag, VersionTag } from "../release/history.ts";
import { prerelease } from "../release/semver.ts";
import { type TagForm, versionTags } from "../release/tags.ts";
import { git, gitLine } from "./git.ts";

export interface HistoryRequest {
  readonly directory: string;
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
  const { directory, at = "HEAD", branch } = request;
  const [facts, tags] = await Promise.all([repositoryFacts(directory, at), readTags(directory)]);
  if (!facts.ok) return facts;
  if (!tags.ok) return tags;
  const taken = versionTags(tags.value, request.form);
  const { head } = facts.value;
  const shared = { head, ...(branch !== undefined && { branch }), taken };
  if (head === "") return ok({ ...shared, commits: [] });
  const seen = taken.filter(({ name }) => !request.without?.includes(name));
  // Mostly the highest version is the one: its commits are read while git still looks whether it is.
  const guess = seen.find(({ version }) => prerelease(version) === null);
  const guessed = readCommits(request, range(guess, head));
  const { previous, previousOfChannel } = await lastVersions(request, head, seen);
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
    commits: commits.value,
    ...(fresh && { fresh: fresh.value.split("\n").filter((line) => line !== "") }),
  });
}

async function repositoryFacts(directory: string, at: string): Promise<Result<{ head: string }>> {
  const [shallow, head] = await Promise.all([
    git(directory, ["rev-parse", "--is-shallow-repository"]),
    gitLine(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${at}^{commit}`]),
  ]);
  if (!shallow.ok) return notARepository(directory, shallow);
  if (shallow.value.trim() === "true") return fail(shallowProblem);
  return ok({ head: head ?? "" });
}

const shallowProblem = {
  code: "GANTRY-RELEASE-SHALLOW",
  message:
    "the clone is shallow: commits and tags are missing that decide the version, so none is given",
  mend: "run `git fetch --unshallow --tags`; in a workflow, give actions/checkout `fetch-depth: 0`",
} as const;

function notARepository(directory: string, failed: Result<string> & { ok: false }): Result<never> {
  if (failed.problems.some(({ code }) => code === "GANTRY-TOOL-MISSING")) return failed;
  return fail({
    code: "GANTRY-NOT-A-REPOSITORY",
    message: `${directory} is no git repository, and a release is made of commits and tags`,
    mend: "name a git checkout with `-C DIR`",
  });
}

async function readTags(directory: string): Promise<Result<Tag[]>> {
  const format = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)";
  const listed = await git(directory, ["for-each-ref", format, "refs/tags"]);
  if (!listed.ok) return listed;
  const lines = listed.value.split("\n").filter((line) => line !== "");
  return ok(
    lines.map((line) => {
      const [name = "", object = "", peeled = ""] = line.split("\0");
      return { name, commit: peeled || object };
    }),
  );
}

/**
 * The highest versions that the commit holds. Almost always the first one or two that are asked
 * for; after some that lie elsewhere, git is asked for all at once.
 */
async function lastVersions(
  { directory, channel }: HistoryRequest,
  head: string,
  tags: readonly VersionTag[],
): Promise<Pick<History, "previous" | "previousOfChannel">> {
  let held: ReadonlySet<string> | undefined;
  let asked = 0;
  let previousOfChannel: VersionTag | undefined;
  for (const tag of tags) {
    const name = prerelease(tag.version)?.[0];
    const counts = name === undefined || (!previousOfChannel && (channel ?? name) === name);
    if (!counts) continue;
    if (++asked > 8) held ??= await heldTags(directory, head);
    const reached = held ? held.has(tag.name) : await isAncestor(directory, tag.commit, head);
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

const fields = ["%H", "%P", "%an", "%ae", "%B"];

async function readCommits(
  { directory, paths }: HistoryRequest,
  revisions: readonly string[],
): Promise<Result<HistoryCommit[]>> {
  const listed = await git(directory, [
    "log",
    "-z",
    "--topo-order",
    "--no-show-signature",
    "--no-notes",
    "--no-mailmap",
    "--encoding=UTF-8",
    `--format=tformat:${fields.join("%x00")}`,
    // Without it, git would leave out one side of a merge where both look the same.
    ...(paths ? ["--full-history"] : []),
    "--end-of-options",
    ...revisions,
    "--",
    ...(paths ?? []).map((path) => `:(top,literal)${path}`),
  ]);
  return listed.ok ? ok(splitCommits(listed.value)) : listed;
}

function splitCommits(output: string): HistoryCommit[] {
  const parts = output.split("\0");
  const commits: HistoryCommit[] = [];
  for (let at = 0; at + fields.length <= parts.length; at += fields.length) {
    const [hash = "", parents = "", name = "", email = "", message = ""] = parts.slice(at, at + 5);
    const author = { name, email };
    commits.push({ hash, parents: parents.split(" ").filter(Boolean), author, message });
  }
  return commits;
}
