import { relative } from "node:path";
import type { Decision } from "../../adopt/decide.ts";
import { decideAll, isWritten } from "../../adopt/decide-all.ts";
import { notesOf } from "../../adopt/notes.ts";
import { initText, type ShownFile } from "../../adopt/shown.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { unifiedDiff } from "./diff.ts";
import { groundOf } from "./existing.ts";
import { gatherAdoption } from "./gather.ts";
import { writeDecision } from "./write.ts";

export interface InitOptions extends CommonOptions {
  readonly dryRun?: boolean;
  readonly force?: readonly string[];
  readonly module?: string;
}

/** Makes a repository a Gantry repository: writes what is missing, shows what differs. */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<number> {
  const { stdout, cwd } = terminal;
  const root = await rootFolder(options.C, cwd);
  const forced = (options.force ?? []).map((path) => relative(".", path));
  const adoption = await gatherAdoption({
    root,
    cwd,
    module: options.module,
    forced,
  });
  if (!adoption.ok) return refuse(adoption.problems, options, terminal);
  const { source, facts } = adoption.value;
  const ground = groundOf(source, forced);
  const decisions = await decideAll(facts, ground);
  if (!decisions.ok) return refuse(decisions.problems, options, terminal);
  const files = await Promise.all(decisions.value.map(shownFile));
  const { files: names } = ground;
  const notes = notesOf({ ...adoption.value, files: names, commit: source.commit });
  if (!options.dryRun) {
    for (const decision of decisions.value) {
      await writeDecision(source.root, decision);
    }
  }
  const shown = {
    changes: decisions.value.some(isWritten),
    dryRun: options.dryRun ?? false,
    files,
    notes,
  };
  stdout.write(
    options.json
      ? `${JSON.stringify(shown, null, 2)}\n`
      : initText(shown, { color: useColor(options, terminal), verbose: options.verbose ?? false }),
  );
  return 0;
}

/** A decision with the difference that a person should see before, or instead of, its writing. */
async function shownFile(decision: Decision): Promise<ShownFile> {
  const { path, kind } = decision;
  if (kind === "theirs") return { path, action: kind, place: decision.place };
  if (kind === "same" || kind === "create") return { path, action: kind };
  return { path, action: kind, diff: await unifiedDiff(path, decision.before, decision.text) };
}
