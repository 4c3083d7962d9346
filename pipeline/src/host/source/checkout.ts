import { join } from "node:path";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Plan } from "../../plan/plan.ts";
import { repositoryIn } from "../../plan/trigger.ts";
import { visibleLine } from "../../report/visible.ts";
import { git } from "../git.ts";
import { findCommit, sourceOfCommit } from "../version.ts";
import { openCopy } from "./copy.ts";
import type { Source } from "./source.ts";

/** The files that a plan was made for. */
export interface Checkout {
  readonly source: Source;
  /** What could not be made sure, in words. */
  readonly notes: readonly string[];
  readonly release: () => Promise<void>;
}

/**
 * The files of a plan that was made elsewhere: those that lie here, where they are the very same, or
 * else its commit in a copy. The user's tree, index and branches are only read. Other files than the
 * plan was made for are refused. `alone`: the copy borrows nothing from here, so that it can go elsewhere.
 */
export async function openCheckout(
  local: Source,
  plan: Plan,
  { alone }: { readonly alone: boolean },
): Promise<Result<Checkout>> {
  const chosen = await chooseCommit(local, plan);
  if (!chosen.ok) return chosen;
  const { commit, notes } = chosen.value;
  if (commit === undefined || (await isHere(local, commit))) {
    return ok({ source: local, notes, release: async () => undefined });
  }
  const copy = await openCopy({ source: local, commit, place: "reproduce", alone });
  if (!copy.ok) return copy;
  const { release } = copy.value;
  const source = await copy.value.source();
  if (!source.ok) await release();
  return source.ok ? ok({ source: source.value, notes, release }) : source;
}

async function isHere(local: Source, commit: string): Promise<boolean> {
  return local.commit === commit && local.hash === (await sourceOfCommit(local.root, commit));
}

interface Chosen {
  /** Nothing: the files as they lie here, uncommitted changes and all. */
  readonly commit: string | undefined;
  readonly notes: readonly string[];
}

async function chooseCommit(local: Source, plan: Plan): Promise<Result<Chosen>> {
  const { commit: own, checkedOut } = plan.trigger;
  const wanted = checkedOut ?? own;
  const isSame = local.hash === plan.source && (local.commit ?? wanted) === wanted;
  if (isSame) return ok({ commit: undefined, notes: [] });
  if (/^0+$/.test(wanted)) return fail(otherFiles("the run was of a folder without commits", []));
  const found = await findCommit(local.root, wanted);
  if (!found.ok) return fail(await missing(local, plan, wanted));
  const commit = found.value;
  if (!plan.source.startsWith("git-tree:")) return ok({ commit, notes: unsure(plan) });
  const hash = await sourceOfCommit(local.root, commit);
  if (hash === plan.source) return ok({ commit, notes: [] });
  const why = `commit ${commit.slice(0, 12)} has other files than the run saw`;
  return fail(otherFiles(why, await differing(local.root, hash, plan.source)));
}

/** An engine's own hash of the source cannot be made here; that it checked the commit is taken as said. */
function unsure({ trigger }: Plan): string[] {
  const merge = trigger.pullRequest !== undefined && trigger.checkedOut === undefined;
  return [
    "the run hashed its files as its engine does, so it is not known whether it saw more than its commit has",
    ...(merge
      ? ["it may have seen GitHub's merge into the base; here it is the commit itself"]
      : []),
  ];
}

function otherFiles(why: string, files: readonly string[]): Problem {
  const rest = files.length - mostNamed;
  const shown = files.slice(0, mostNamed).map((file) => visibleLine(file));
  const named = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
  const reasons = "changes that were not committed, files that git ignores there, or submodules";
  return {
    code: "GANTRY-PLAN-SOURCE",
    message: `${why}: ${named === "" ? reasons : named}`,
    mend: "check out what it saw and run `gantry ci` there; what is committed can be reproduced",
  };
}

const mostNamed = 10;

/** By name, where this repository still has the files that the run saw. */
async function differing(
  root: string,
  hash: string | undefined,
  wanted: string,
): Promise<readonly string[]> {
  const [before, after] = [hash, wanted].map((one) => one?.replace("git-tree:", ""));
  if (!before || !after || !/^[0-9a-f]{40}$/.test(after)) return [];
  const objects = { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(root, ".gantry", "git", "objects") };
  const words = ["diff-tree", "-r", "--name-only", "-z", "--no-renames", before, after];
  const names = await git(root, words, objects);
  return names.ok ? names.value.split("\0").filter((name) => name !== "") : [];
}

async function missing(local: Source, plan: Plan, wanted: string): Promise<Problem> {
  const { repository, checkedOut, pullRequest, fork } = plan.trigger;
  if (local.commit === undefined && !local.hash.startsWith("git-tree:")) {
    return {
      code: "GANTRY-NOT-A-REPOSITORY",
      message: `the run was of commit ${wanted.slice(0, 12)}, and ${local.root} is no git repository`,
      mend: `name a clone${repository ? ` of ${repository}` : ""} with \`-C DIR\``,
    };
  }
  const remote = await remoteOf(local.root, repository);
  const ofFork = fork && pullRequest && !checkedOut;
  const what = ofFork ? `refs/pull/${pullRequest.number}/head` : wanted;
  const merge =
    checkedOut && pullRequest
      ? `, GitHub's merge of pull request ${pullRequest.number} into its base,`
      : "";
  return {
    code: "GANTRY-REF-UNKNOWN",
    message: `the run was of commit ${wanted}${merge} which is not in this clone`,
    mend: `\`git fetch ${remote} ${what}\` brings it and moves no branch${merge === "" ? "" : "; where GitHub has dropped it, push again or check the branch out and run `gantry ci`"}`,
  };
}

/** The remote that is this repository on GitHub, or its address. */
async function remoteOf(root: string, repository: string | undefined): Promise<string> {
  const told = await git(root, ["config", "--get-regexp", "^remote\\..*\\.url$"]);
  const remotes = (told.ok ? told.value : "").split("\n").flatMap((line) => {
    const [, name, url] = /^remote\.(\S+)\.url (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, repository: repositoryIn(url) }];
  });
  const same = remotes.find((one) => repository !== undefined && one.repository === repository);
  if (same) return same.name;
  const isElsewhere = remotes.every((one) => one.repository !== undefined) && remotes.length > 0;
  return repository && isElsewhere ? `https://github.com/${repository}.git` : "origin";
}
