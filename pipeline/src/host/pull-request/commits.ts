import type { Known, Unknown } from "../../pull-request/facts.ts";
import { shown } from "../../pull-request/shown.ts";
import { gitLine, runGit } from "../git.ts";

/** The two ends of a pull request, and where they parted. */
export interface Commits {
  /** The top of the checkout, and where the source stands in it: `` or `folder/`. */
  readonly root: string;
  readonly prefix: string;
  readonly head: string;
  readonly base: string;
  readonly mergeBase: string;
}

export interface CommitsRequest {
  readonly directory: string;
  /** The commit that is checked; another one may be checked out, as on GitHub. */
  readonly head: string;
  /** The branch that it wants to change; by hand also a tag, or a commit. */
  readonly base: string;
  /** The base's commit, where somebody knows it. */
  readonly baseCommit?: string | undefined;
}

/** Finds the commits of a pull request. Of a history that is cut off nothing is guessed. */
export async function findCommits(request: CommitsRequest): Promise<Known<Commits>> {
  const { directory, base } = request;
  const root = await gitLine(directory, ["rev-parse", "--show-toplevel"]);
  const own = root ?? (await bareRoot(directory));
  if (own === undefined) return unknown("this is no git checkout", "run it in a git checkout");
  const prefix = root ? ((await gitLine(directory, ["rev-parse", "--show-prefix"])) ?? "") : "";
  const head = (await commitOf(own, request.head)) ?? (await commitOf(own, "HEAD"));
  if (!head) return unknown("there is no commit yet", "commit something first");
  const baseHead = await baseOf(own, request);
  if (!baseHead) {
    return unknown(
      `the base ${shown(base)} is not in this clone`,
      "fetch it (`git fetch origin`); on GitHub check out with `fetch-depth: 0`",
    );
  }
  const mergeBase = await gitLine(own, ["merge-base", baseHead, head]);
  if (!mergeBase) return unknown(...(await whyNoMergeBase(own)));
  return { value: { root: own, prefix, head, base: baseHead, mergeBase } };
}

/** A folder that holds nothing but `.git`, as in a container. */
async function bareRoot(directory: string): Promise<string | undefined> {
  return (await gitLine(directory, ["rev-parse", "--git-dir"])) ? directory : undefined;
}

async function baseOf(
  root: string,
  { base, baseCommit }: CommitsRequest,
): Promise<string | undefined> {
  const candidates = [
    `refs/remotes/origin/${base}`,
    `refs/heads/${base}`,
    `refs/tags/${base}`,
    ...(/^[0-9a-f]{7,64}$/.test(base) ? [base] : []),
    ...(baseCommit ? [baseCommit] : []),
  ];
  for (const candidate of candidates) {
    const commit = await commitOf(root, candidate);
    if (commit) return commit;
  }
  return undefined;
}

/** Only full ref names and ids come here: none that git could take for an option. */
async function commitOf(root: string, name: string): Promise<string | undefined> {
  if (name.startsWith("-")) return undefined;
  const { exit, stdout } = await runGit(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  const line = stdout.trim();
  return exit === 0 && /^[0-9a-f]{40,64}$/.test(line) ? line : undefined;
}

async function whyNoMergeBase(root: string): Promise<[string, string]> {
  return (await isShallow(root))
    ? [
        "this clone is shallow: where the branch began is cut off",
        "`git fetch --unshallow`; on GitHub check out with `fetch-depth: 0`",
      ]
    : ["the branch and its base have no common history", "begin the branch at its base"];
}

/** Whether the clone's history is cut off. */
export async function isShallow(root: string): Promise<boolean> {
  return (await gitLine(root, ["rev-parse", "--is-shallow-repository"])) === "true";
}

function unknown(reason: string, mend: string): Unknown {
  return { unknown: reason, mend };
}
