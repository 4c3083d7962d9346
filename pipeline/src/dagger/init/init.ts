import type { Decision } from "../../adopt/decide.ts";
import { decideAll, isWritten } from "../../adopt/decide-all.ts";
import { notesOf } from "../../adopt/notes.ts";
import { initText, type ShownFile } from "../../adopt/shown.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { visibleText } from "../../report/visible.ts";
import type { Changeset, Client, Directory } from "../client.ts";
import { gatherAdoption } from "./gather.ts";
import type { InitRequest } from "./request.ts";
import { standingIn } from "./standing.ts";

/** What `gantry init` would write, as a change of the source, and the words that go with it. */
export interface Initiated {
  readonly change: Changeset;
  readonly text: string;
}

/** Reads and decides; whoever called looks at the change and takes it, or not. */
export async function init(request: InitRequest): Promise<Result<Initiated>> {
  const { source, force = [] } = request;
  const adoption = await gatherAdoption(request);
  if (!adoption.ok) return adoption;
  const { files, facts } = adoption.value;
  const standing = (path: string) => standingIn(source, path);
  const decisions = await decideAll(facts, { files, standing, forced: force });
  if (!decisions.ok) return decisions;
  const shown = {
    changes: decisions.value.some(isWritten),
    dryRun: true,
    files: await Promise.all(decisions.value.map((one) => shownFile(request.dag, one))),
    notes: notesOf(adoption.value),
    next: "Nothing is written yet: this is the change that is asked about.",
  };
  const change = write(source, decisions.value).changes(source);
  return ok({ change, text: initText(shown, { color: false, verbose: true }) });
}

function write(source: Directory, decisions: readonly Decision[]): Directory {
  return decisions
    .filter(isWritten)
    .reduce((built, { path, text }) => built.withNewFile(path, text), source);
}

async function shownFile(dag: Client, decision: Decision): Promise<ShownFile> {
  const { path, kind } = decision;
  if (kind === "theirs") return { path, action: kind, place: decision.place };
  if (kind === "same" || kind === "create") return { path, action: kind };
  const { before, text } = decision;
  return { path, action: kind, diff: await unifiedDiff(dag, path, { before, text }) };
}

/** The difference between two texts of a file, with no control characters. */
async function unifiedDiff(
  dag: Client,
  path: string,
  { before, text }: { readonly before: string; readonly text: string },
): Promise<string> {
  const old = dag.directory().withNewFile("file", before);
  const patch = await old.withNewFile("file", text).changes(old).asPatch().contents();
  const start = patch.indexOf("@@");
  const body = start < 0 ? "" : visibleText(patch.slice(start));
  return `--- a/${path}\n+++ b/${path}\n${body}`;
}
