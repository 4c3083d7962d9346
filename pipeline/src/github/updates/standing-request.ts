import type { Standing } from "../../dependencies/contained.ts";
import type { FileContent } from "../../dependencies/report/report.ts";
import { actOnce } from "../../network/act-once.ts";
import { type Answer, ok, refused } from "../../network/answer.ts";
import {
  addLabels,
  type Connection,
  closePull,
  createPull,
  ensureLabel,
  findRef,
  listPulls,
  type PullRequest,
  updatePull,
} from "../client/index.ts";
import { sayOnce } from "./say-once.ts";
import { strangersOn } from "./strangers.ts";
import { type Written, writeBranch } from "./write-branch.ts";

/** The one pull request that stands for all updates, as it should be. */
export interface Wanted {
  readonly base: string;
  /** The base's commit, which the files were made from. */
  readonly commit: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly files: readonly FileContent[];
}

/**
 * Creates the request, refreshes it, or leaves it alone because somebody else has committed to its
 * branch. Looks before each act, so that a run that broke off is finished by the next.
 */
export async function keepRequest(
  connection: Connection,
  wanted: Wanted,
): Promise<Answer<Standing>> {
  const open = await openRequest(connection, wanted.branch);
  if (open.kind !== "ok") return open;
  const strangers = await strangersOn(connection, wanted);
  if (strangers.kind !== "ok") return strangers;
  if (strangers.value) return leaveAlone(connection, open.value, wanted, strangers.value);
  const written = await writeBranch(connection, wanted);
  if (written.kind !== "ok") return written;
  return request(connection, wanted, open.value, written.value);
}

/** Closes the request where nothing is left to update; without one there is nothing to do. */
export async function closeRequest(
  connection: Connection,
  { base, commit, branch }: Pick<Wanted, "base" | "commit" | "branch">,
): Promise<Answer<Standing>> {
  const open = await openRequest(connection, branch);
  if (open.kind !== "ok") return open;
  const pull = open.value;
  if (!pull) return ok({ action: "none" });
  const strangers = await strangersOn(connection, { base, branch });
  if (strangers.kind !== "ok") return strangers;
  if (strangers.value) {
    return leaveAlone(connection, pull, { base, branch }, strangers.value);
  }
  const said = await sayOnce(connection, pull.number, {
    key: `closed ${commit}`,
    text: `Nothing is left to update: \`${base}\` at ${commit} has the newest versions that its ranges allow. So this is closed; the next updates open a new request.`,
  });
  if (said.kind !== "ok") return said;
  const closed = await closePull(connection, pull.number);
  return closed.kind === "ok" ? ok({ action: "closed", ...named(pull) }) : closed;
}

/** Of two, which only people can have made, the older one. */
async function openRequest(
  connection: Connection,
  head: string,
): Promise<Answer<PullRequest | undefined>> {
  const found = await listPulls(connection, { head, state: "open" });
  if (found.kind !== "ok") return found;
  return ok(found.value.toSorted((a, b) => a.number - b.number)[0]);
}

async function leaveAlone(
  connection: Connection,
  pull: PullRequest | undefined,
  { base, branch }: Pick<Wanted, "base" | "branch">,
  sha: string,
): Promise<Answer<Standing>> {
  const reason = `somebody else has committed to \`${branch}\``;
  if (!pull) return ok({ action: "left-alone", reason });
  const said = await sayOnce(connection, pull.number, {
    key: `strangers ${sha}`,
    text: `There is something newer, but ${reason}, so it is left as it is. Merge this, or close it and delete the branch: the next \`gantry update-dependencies\` then begins anew from \`${base}\`.`,
  });
  return said.kind === "ok" ? ok({ action: "left-alone", reason, ...named(pull) }) : said;
}

async function request(
  connection: Connection,
  wanted: Wanted,
  open: PullRequest | undefined,
  written: Written,
): Promise<Answer<Standing>> {
  const { title, body, base, branch } = wanted;
  const stands = await actOnce(connection, {
    look: async () => (open ? ok(open) : openRequest(connection, branch)),
    act: () => createPull(connection, { title, body, head: branch, base }),
  });
  if (stands.kind !== "ok") return stands;
  const { value: pull, made } = stands.value;
  const same =
    sameText(pull.title, title) && sameText(pull.body, body) && pull.base.branch === base;
  if (!same) {
    const changed = await updatePull(connection, pull.number, { title, body, base });
    if (changed.kind !== "ok") return changed;
  }
  const labelled = await label(connection, pull, wanted.labels);
  if (labelled.kind !== "ok") return labelled;
  const action = made ? "created" : same && !written.moved ? "unchanged" : "refreshed";
  return ok({ action, ...named(pull) });
}

/** GitHub keeps a text's lines, but not always how they end. */
function sameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();
  return plain(one) === plain(other);
}

async function label(
  connection: Connection,
  pull: PullRequest,
  labels: readonly string[],
): Promise<Answer<undefined>> {
  const missing = labels.filter((name) => !pull.labels.includes(name));
  for (const name of missing) {
    const there = await ensureLabel(connection, {
      name,
      color: "0366d6",
      description: "Updates of dependencies",
    });
    if (there.kind !== "ok") return there;
  }
  if (missing.length === 0) return ok(undefined);
  const added = await addLabels(connection, pull.number, missing);
  return added.kind === "ok" ? ok(undefined) : added;
}

function named({ number, url }: PullRequest): Pick<Standing, "number" | "url"> {
  return { number, url };
}

/** The base's commit on GitHub; updates made from another one would take back what came since. */
export async function baseOnGithub(connection: Connection, base: string): Promise<Answer<string>> {
  const found = await findRef(connection, `heads/${base}`);
  if (found.kind !== "ok") return found;
  return found.value ? ok(found.value.sha) : refused(`there is no branch ${base}`, 404);
}
