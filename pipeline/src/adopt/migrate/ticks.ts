import { parseDocument } from "yaml";
import { z } from "zod";
import { nearest } from "../../config/nearest.ts";
import { fail, ok, type Problem, type Result } from "../../errors/problem.ts";
import type { Seen } from "./seen.ts";
import { steps } from "./steps.ts";

export const migrationFile = ".gantry-migration.yaml";

const tick = z.strictObject({
  by: z.string().min(1).max(100).describe("Who says so."),
  on: z.iso.date().describe("The day."),
});
const form = z.strictObject({
  version: z.literal(1),
  done: z.record(z.string(), tick).describe("Steps that people have done, by id."),
});

/** Who did a step, and when. */
export type Tick = z.infer<typeof tick>;
export type Ticks = Readonly<Record<string, Tick>>;

/** Reads the file of ticks; where there is none, nothing is ticked. */
export function readTicks(text: string | undefined): Result<Ticks> {
  if (text === undefined) return ok({});
  const document = parseDocument(text);
  const broken = document.errors[0];
  if (broken) return fail(wrongFile(`it is no valid YAML: ${broken.message.split("\n")[0]}`));
  const read = form.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (read.success) return ok(read.data.done);
  return fail(
    ...read.error.issues.map(({ path, message }) => wrongFile(`\`${path.join(".")}\`: ${message}`)),
  );
}

function wrongFile(what: string): Problem {
  return {
    code: "GANTRY-MIGRATION-FILE",
    file: migrationFile,
    message: `the list of what is done cannot be read: ${what}`,
    mend: `correct it, or bring it back: git checkout -- ${migrationFile}`,
  };
}

export interface Ticking {
  readonly step: string;
  readonly tick: Tick;
  readonly seen: Seen;
}

/** The file with one more tick, comments and all; the same text where the step is done already. */
export function addTick(
  text: string | undefined,
  { step: id, tick, seen }: Ticking,
): Result<string> {
  const step = steps.find((one) => one.id === id);
  if (!step) return fail(unknownStep(id));
  const sight = step.look?.(seen);
  if (sight?.is === "open") return fail(notDone(id, sight.what, step.next(seen)));
  const ticks = readTicks(text);
  if (!ticks.ok) return ticks;
  if (sight?.is === "done" || ticks.value[id]) return ok(text ?? "");
  const start =
    "# What people have done of `gantry migrate`; what can be seen needs no tick.\nversion: 1\ndone: {}\n";
  const document = parseDocument(text ?? start);
  const entry = document.createNode({ ...tick }, { flow: true });
  document.setIn(["done", id], entry);
  const list = document.get("done");
  if (list !== null && typeof list === "object" && "flow" in list) list.flow = false;
  return ok(document.toString({ lineWidth: 0 }));
}

function unknownStep(id: string): Problem {
  const known = steps.map((step) => step.id);
  const near = nearest(id, known);
  return {
    code: "GANTRY-MIGRATION-STEP",
    message: `there is no step \`${id}\`; there are ${known.join(", ")}`,
    mend: near ? `write \`--done ${near}\`` : "`gantry migrate` shows every step",
  };
}

function notDone(id: string, what: string, next: string): Problem {
  return {
    code: "GANTRY-MIGRATION-STEP",
    message: `\`${id}\` can be seen, and is not done: ${what}`,
    mend: next,
  };
}
