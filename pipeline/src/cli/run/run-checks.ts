import { appendFile, readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { fail, ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import { findDagger } from "../../host/dagger-cli.ts";
import { readPlan } from "../../plan/read-plan.ts";
import { githubAnnotations } from "../../report/annotations.ts";
import { summaryMarkdown } from "../../report/markdown/summary.ts";
import { type SummaryOptions, terminalSummary } from "../../report/terminal/summary.ts";
import { useColor } from "../color.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Terminal } from "../main.ts";
import type { OutputOptions, PlanOptions } from "../options.ts";
import { openProject, type Project } from "../project.ts";
import { refuse } from "../refuse.ts";
import { runOnHost } from "./run-on-host.ts";
import { runWithDagger } from "./run-with-dagger.ts";

export interface CiOptions extends PlanOptions, OutputOptions {
  readonly plan?: string;
  readonly on: "auto" | "host" | "dagger";
}

/** A run that has ended, and where its folder is. */
export interface EndedRun {
  readonly run: Run;
  readonly folder: string;
}

/** Plans, chooses where to run, runs, and shows: the exit code is the verdict's. */
export async function runChecks(options: CiOptions, terminal: Terminal): Promise<number> {
  const project = await openForRun(options, terminal);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const ended = await runPlanned(project.value, options, terminal);
  if (!ended.ok) return refuse(ended.problems, options, terminal);
  if ("cancelled" in ended.value) return ended.value.cancelled;
  await showRun(ended.value, options, terminal);
  return ended.value.run.exit;
}

/** A source, and the plan that was made for it. */
export type Planned = Pick<Project, "source" | "plan">;

/** Words on where a run goes and what it leaves. */
export type RunOptions = Omit<CiOptions, "plan">;

/** Runs the plan where the options or the machine say. */
export async function runPlanned(
  planned: Planned,
  options: RunOptions,
  terminal: Terminal,
): ReturnType<typeof runWithDagger> {
  return (await choosesDagger(options, terminal))
    ? runWithDagger(planned, options, terminal)
    : ok(await runOnHost(planned, options, terminal));
}

async function openForRun(options: CiOptions, terminal: Terminal): Promise<Result<Project>> {
  const project = await openProject(options, terminal.env, terminal.cwd);
  if (!project.ok || !options.plan) return project;
  const text = await readFile(resolve(terminal.cwd, options.plan), "utf8").catch(() => undefined);
  if (text === undefined) {
    return fail({
      code: "GANTRY-PLAN-INVALID",
      file: options.plan,
      message: "the plan cannot be read",
      mend: "name a file that `gantry plan --json` wrote",
    });
  }
  const plan = readPlan(text, options.plan);
  if (!plan.ok) return plan;
  const { hash } = project.value.source;
  if (plan.value.source === hash) return ok({ ...project.value, plan: plan.value });
  return fail({
    code: "GANTRY-PLAN-SOURCE",
    file: options.plan,
    message: `the plan was made for the source ${plan.value.source}, this one is ${hash}`,
    mend: "make the plan again, or check out the source that it was made for",
  });
}

/** Containers where an engine answers, else processes; which of the two, and why, is said. */
export async function choosesDagger(
  options: RunOptions,
  { env, stderr }: Terminal,
): Promise<boolean> {
  if (options.on !== "auto") return options.on === "dagger";
  const found = await findDagger(env);
  if (!options.quiet) {
    stderr.write(
      found.ok
        ? `in containers: a Dagger engine answers (${found.version}); \`--on host\` runs it here\n`
        : `as processes on this machine: ${found.reason}\n`,
    );
  }
  return found.ok;
}

export interface ShowOptions extends CommonOptions, Pick<SummaryOptions, "repeat"> {}

export async function showRun(
  { run, folder }: EndedRun,
  options: ShowOptions,
  terminal: Terminal,
): Promise<void> {
  const { env, stderr, stdout, cwd } = terminal;
  const near = relative(cwd, folder);
  const shown = near.startsWith("../..") ? folder : near;
  const color = useColor(options, terminal);
  const { repeat } = options;
  const width = stderr.columns ?? 100;
  const summary = terminalSummary(run, { color, width, folder: shown, ...(repeat && { repeat }) });
  stderr.write(`${summary}\n`);
  if (env.GITHUB_ACTIONS) for (const line of githubAnnotations(run)) stderr.write(`${line}\n`);
  if (env.GITHUB_STEP_SUMMARY) await appendFile(env.GITHUB_STEP_SUMMARY, summaryMarkdown(run));
  if (options.json) stdout.write(`${JSON.stringify(run, null, 2)}\n`);
}
