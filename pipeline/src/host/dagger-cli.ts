import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { execa } from "execa";
import { refuseDotenv } from "../dagger/dotenv.ts";
import { fail, ok, type Result } from "../errors/problem.ts";
import { type Run, run as runSchema } from "../execute/run.ts";
import type { Plan } from "../plan/plan.ts";
import { gitLine } from "./git.ts";
import { runProcess } from "./process.ts";

export interface DaggerRequest {
  readonly plan: Plan;
  /** The source's folder, as the plan was made for it. */
  readonly root: string;
  /** The folder of Gantry itself, where its dagger.json stands. */
  readonly gantry: string;
  readonly runId: string;
  /** Where the run's folder goes. */
  readonly folder: string;
  /** A folder of ours inside `.gantry`, for the plan that is handed over. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
  readonly output: (text: string) => Promise<void>;
  readonly signal: AbortSignal;
}

export type DaggerEnd =
  | { readonly kind: "ended"; readonly run: Run }
  | { readonly kind: "cancelled" }
  | {
      readonly kind: "failed";
      readonly problems: Extract<Result<never>, { ok: false }>["problems"];
    };

/**
 * Hands the plan to the Dagger module and brings the run's folder back. Every argument is said, so
 * that nothing on the way can set one; secrets go by name, never by value.
 */
export async function runOnDagger(request: DaggerRequest): Promise<DaggerEnd> {
  const ready = await prepare(request);
  if (!ready.ok) return { kind: "failed", problems: ready.problems };
  const common = ready.value;
  const secrets = secretNames(request).map((name) => `--secrets=env:${name}`);
  const words = ["run", ...common, ...secrets, "export", `--path=${request.folder}`];
  const said = await call(request, words);
  if (request.signal.aborted) return { kind: "cancelled" };
  const run = await readRun(join(request.folder, "run.json"), request.runId);
  if (run) return { kind: "ended", run };
  return {
    kind: "failed",
    problems: [
      {
        code: "GANTRY-ENGINE-UNREACHABLE",
        message: `the Dagger module left no run: ${lastWords(said)}`,
        mend: "look at the output above; `gantry ci --on host` runs the same without an engine",
      },
    ],
  };
}

/** Whether a Dagger command line is here and an engine answers it; the reason in words if not. */
export async function findDagger(
  env: NodeJS.ProcessEnv,
): Promise<{ ok: true; version: string } | { ok: false; reason: string }> {
  const options = { reject: false, env, stdin: "ignore", timeout: 60_000 } as const;
  const command = await execa("dagger", ["version"], options);
  if (command.failed) return { ok: false, reason: "the `dagger` command is not on this machine" };
  const engine = await execa("dagger", ["--silent", "core", "version"], options);
  if (engine.failed) return { ok: false, reason: "no Dagger engine answers on this machine" };
  return { ok: true, version: String(engine.stdout).trim() };
}

async function prepare(request: DaggerRequest): Promise<Result<string[]>> {
  const { root, env, plan, scratch, runId } = request;
  const found = await findDagger(env);
  if (!found.ok) {
    return fail({
      code: "GANTRY-ENGINE-UNREACHABLE",
      message: found.reason,
      mend: "install Dagger and start a container engine, or run it here: `--on host`",
    });
  }
  const interference = await refuseDotenvAbove(root, request.gantry);
  if (!interference.ok) return interference;
  const repository = await gitLine(root, ["rev-parse", "--show-toplevel"]);
  if (repository === undefined) {
    return fail({
      code: "GANTRY-NOT-A-REPOSITORY",
      message: "the Dagger module works on git repositories only, and this folder is in none",
      mend: "run it here (`--on host`), or make it a repository: `git init`",
    });
  }
  const file = join(scratch, `${runId}.plan.json`);
  await writeFile(file, JSON.stringify(plan));
  return ok([`--source=${root}`, `--repo=${repository}`, `--plan=${file}`, `--run-id=${runId}`]);
}

/** Dagger looks for a `.env` from the current folder upwards; so does this. */
async function refuseDotenvAbove(root: string, gantry: string): Promise<Result<undefined>> {
  const names = ["gantry", ...(await moduleNames([root, gantry]))];
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    const file = join(folder, ".env");
    const text = await readFile(file, "utf8").catch(() => undefined);
    const shown = relative(root, file) || file;
    const refused = text === undefined ? ok(undefined) : refuseDotenv(text, shown, names);
    if (!refused.ok) return refused;
    if (folder === dirname(folder)) return ok(undefined);
  }
}

async function moduleNames(folders: readonly string[]): Promise<string[]> {
  const names = await Promise.all(
    folders.map(async (folder) => {
      const text = await readFile(join(folder, "dagger.json"), "utf8").catch(() => "{}");
      try {
        return (JSON.parse(text) as { name?: string }).name;
      } catch {
        return undefined;
      }
    }),
  );
  return names.filter((name) => name !== undefined);
}

/** The secrets that the plan names and this machine has. */
function secretNames({ plan, env }: DaggerRequest): string[] {
  const named = plan.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => [
      ...("secrets" in step ? step.secrets : []),
      ...("optionalSecrets" in step ? step.optionalSecrets : []),
    ]),
  );
  return [...new Set(named)].filter((name) => env[name]);
}

async function call(request: DaggerRequest, words: readonly string[]): Promise<string> {
  const { root, gantry, env, signal, output } = request;
  let tail = "";
  await runProcess({
    argv: ["dagger", "--progress=plain", "call", "-m", gantry, ...words],
    cwd: root,
    env: Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    signal,
    output: (text) => {
      tail = (tail + text).slice(-8192);
      return output(text);
    },
  });
  return tail;
}

async function readRun(file: string, id: string): Promise<Run | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const run = runSchema.safeParse(JSON.parse(text));
  return run.success && run.data.id === id ? run.data : undefined;
}

function lastWords(text: string): string {
  const lines = text
    .replaceAll(/\s*\[traceparent:[^\]]*\]/g, "")
    .trim()
    .split("\n");
  return lines.findLast((line) => /^(Error|!)/.test(line)) ?? lines.at(-1) ?? "";
}
