import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { ownFailure } from "../execute/own-failure.ts";
import type { ProcedureEnd } from "../execute/procedure-end.ts";
import { trigger } from "../plan/plan.ts";
import { runProcedure } from "./procedure.ts";

/** What a procedure in a container is told, in a file: it may be long, and is nobody's command line. */
export const containedSpec = z.strictObject({
  procedure: z.string(),
  settings: z.record(z.string(), z.json()),
  trigger,
  directory: z.string(),
  /** Programs of the step's tools, by the tools' names. */
  tools: z.record(z.string(), z.string()),
  /** Names of the secrets that stand in the environment. */
  secrets: z.array(z.string()),
  today: z.string(),
  /** Where its end is left. */
  end: z.string(),
});

export type ContainedSpec = z.infer<typeof containedSpec>;

/** Runs a procedure inside a container; answers the exit code and leaves its end as a file. */
export async function runContained(file: string): Promise<number> {
  const spec = containedSpec.parse(JSON.parse(await readFile(file, "utf8")));
  const end = await runSpec(spec);
  await mkdir(dirname(spec.end), { recursive: true });
  await writeFile(spec.end, JSON.stringify(end));
  return end.outcome === "passed" ? 0 : 1;
}

async function runSpec(spec: ContainedSpec): Promise<ProcedureEnd> {
  const { procedure, settings, trigger, directory, tools, secrets, today } = spec;
  try {
    return await runProcedure(procedure, {
      settings,
      trigger,
      directory,
      today,
      secrets: Object.fromEntries(
        secrets.flatMap((name) => {
          const value = process.env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
      tool: async (name) => {
        const program = tools[name];
        if (program === undefined) throw new Error(`the step names no tool ${name}`);
        return { ok: true, program };
      },
      output: async (text) => void process.stdout.write(text),
      signal: new AbortController().signal,
    });
  } catch (error) {
    const { reason, mend } = ownFailure(error);
    return { outcome: "error", message: reason, mend, findings: [], notChecked: [] };
  }
}
