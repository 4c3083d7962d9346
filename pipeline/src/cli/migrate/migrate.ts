import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checklist } from "../../adopt/migrate/checklist.ts";
import type { Seen } from "../../adopt/migrate/seen.ts";
import { checklistText } from "../../adopt/migrate/text.ts";
import { addTick, migrationFile, readTicks } from "../../adopt/migrate/ticks.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { gitLine } from "../../host/git.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import { readStanding } from "../init/existing.ts";
import type { Terminal } from "../main.ts";
import { refuse } from "../refuse.ts";
import { rootFolder } from "../root-folder.ts";
import { lookAround } from "./look.ts";

export interface MigrateOptions extends CommonOptions {
  readonly done?: string;
  readonly by?: string;
}

/** Shows how far the migration is and what comes next; ticks a step that only people can know of. */
export async function runMigrate(options: MigrateOptions, terminal: Terminal): Promise<number> {
  const root = await rootFolder(options.C, terminal.cwd);
  const seen = await lookAround(root, options, terminal);
  if (!seen.ok) return refuse(seen.problems, options, terminal);
  const text = await readList(root);
  if (!text.ok) return refuse(text.problems, options, terminal);
  const after = await tickOff(root, text.value, seen.value, options);
  if (!after.ok) return refuse(after.problems, options, terminal);
  const ticks = readTicks(after.value);
  if (!ticks.ok) return refuse(ticks.problems, options, terminal);
  const list = checklist(seen.value, ticks.value);
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify(list, null, 2)}\n`
      : checklistText(list, useColor(options, terminal)),
  );
  return 0;
}

async function readList(root: string): Promise<Result<string | undefined>> {
  const standing = await readStanding(root, migrationFile);
  if (standing.kind === "blocked") return fail(standing.problem);
  return ok(standing.kind === "text" ? standing.text : undefined);
}

/** The list as it is from now on. */
async function tickOff(
  root: string,
  text: string | undefined,
  seen: Seen,
  { done, by }: MigrateOptions,
): Promise<Result<string | undefined>> {
  if (done === undefined) return ok(text);
  const name = (by ?? (await gitLine(root, ["config", "--get", "user.name"])))?.trim();
  if (!name) {
    return fail({
      code: "GANTRY-USAGE",
      message: "a step is ticked by somebody, and neither `--by` nor git says who",
      mend: "add `--by NAME`",
    });
  }
  const on = new Date().toISOString().slice(0, 10);
  const ticked = addTick(text, { step: done, tick: { by: name.slice(0, 100), on }, seen });
  if (ticked.ok && ticked.value !== (text ?? "")) {
    await writeFile(join(root, migrationFile), ticked.value);
  }
  return ticked.ok && ticked.value === "" ? ok(undefined) : ticked;
}
