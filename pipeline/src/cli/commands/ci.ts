import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { type Command, Option } from "commander";
import { exitOf } from "../../errors/catalogue.ts";
import { fail, ok, type Result } from "../../errors/problem.ts";
import { execute } from "../../execute/execute.ts";
import type { Run } from "../../execute/run.ts";
import { createHostExecutor } from "../../host/executor/host.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import type { StageId } from "../../plan/plan.ts";
import { readPlan } from "../../plan/read-plan.ts";
import { githubAnnotations } from "../../report/annotations.ts";
import { summaryMarkdown } from "../../report/markdown/summary.ts";
import { terminalSummary } from "../../report/terminal/summary.ts";
import { useColor } from "../color.ts";
import { createDisplay } from "../display.ts";
import { gantryHome } from "../home.ts";
import { showProblems, type Terminal } from "../main.ts";
import { addPlanOptions, collectStage, type PlanOptions } from "../options.ts";
import { openProject, type Project } from "../project.ts";
import { createRunStore, lastSeconds } from "../run-store.ts";
import { onSignals } from "../signals.ts";

interface CiOptions extends PlanOptions {
  readonly output?: string;
  readonly runs?: string;
  readonly plan?: string;
  readonly on: "auto" | "host" | "dagger";
}

export function addCi(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  addRunOptions(program.command("ci"))
    .summary("every check that this event calls for")
    .description("Runs every check that this event calls for. Changes nothing in the world.")
    .option("--plan <file>", "run a plan that was made before, on the same source")
    .addHelpText("after", ciExamples)
    .action(async (options: CiOptions) => finish(await runChecks(options, terminal)));

  addRunOptions(program.command("run"))
    .summary("these checks and what they need")
    .description("Runs the named stages and the stages that they need.")
    .argument("<stage...>", "the stages", collectStage)
    .addHelpText("after", runExamples)
    .action(async (stages: StageId[], options: CiOptions) =>
      finish(await runChecks({ ...options, only: [...stages, ...(options.only ?? [])] }, terminal)),
    );
}

function addRunOptions(command: Command): Command {
  return addPlanOptions(command)
    .addOption(
      new Option("--on <executor>", "where it runs")
        .choices(["auto", "host", "dagger"])
        .default("auto"),
    )
    .option("--output <dir>", "the run's folder (default: .gantry/runs/<id>)")
    .option(
      "--runs <dir>",
      "the folder that runs are kept in, with `latest` (default: .gantry/runs)",
    );
}

async function runChecks(options: CiOptions, terminal: Terminal): Promise<number> {
  const project = await openForRun(options, terminal);
  if (!project.ok) {
    showProblems(project.problems, terminal, options.json ?? false);
    return exitOf(project.problems);
  }
  const run = await runOnHost(project.value, options, terminal);
  await showRun(run.run, run.folder, options, terminal);
  return run.run.exit;
}

async function openForRun(options: CiOptions, terminal: Terminal): Promise<Result<Project>> {
  const project = await openProject(options, terminal.env, terminal.cwd);
  if (!project.ok || !options.plan) return project;
  const file = resolve(terminal.cwd, options.plan);
  const text = await readFile(file, "utf8").catch(() => undefined);
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
  if (plan.value.source !== project.value.source.hash) {
    return fail({
      code: "GANTRY-PLAN-SOURCE",
      file: options.plan,
      message: `the plan was made for the source ${plan.value.source}, this one is ${project.value.source.hash}`,
      mend: "make the plan again, or check out the source that it was made for",
    });
  }
  return ok({ ...project.value, plan: plan.value });
}

async function runOnHost(
  project: Project,
  options: CiOptions,
  terminal: Terminal,
): Promise<{ run: Run; folder: string }> {
  const { source, plan } = project;
  const id = newRunId(terminal.env);
  const own = join(await makeGantryFolder(source.root), "runs");
  const runs = options.runs ? resolve(terminal.cwd, options.runs) : own;
  const folder = options.output ? resolve(terminal.cwd, options.output) : join(runs, id);
  const before = await lastSeconds(join(runs, "latest"));
  const store = await createRunStore(folder, options.output ? undefined : join(runs, "latest"));
  const executor = await createHostExecutor({
    plan,
    source,
    runId: id,
    runFolder: folder,
    home: gantryHome(),
    machine: terminal.env,
  });
  const display = createDisplay(options, terminal, before);
  const signals = onSignals();
  try {
    const run = await execute({
      plan,
      executor,
      id,
      startedAt: new Date().toISOString(),
      now: () => performance.now(),
      listener: display.listener,
      signal: signals.signal,
      endedBy: signals.endedBy,
      secret: (name) => terminal.env[name],
      log: store.log,
      files: project.survey.files,
      ...githubRunUrl(terminal.env),
    });
    display.stop();
    await store.save(run);
    return { run, folder };
  } finally {
    display.stop();
    await executor.close();
    signals.stop();
  }
}

/** Sortable, and unlike any other: two runs in the same second keep their folders apart. */
function newRunId(env: NodeJS.ProcessEnv): string {
  const github =
    env.GITHUB_RUN_ID && `github-${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT ?? "1"}`;
  const stamp = new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "-");
  return `${github || stamp}-${randomBytes(2).toString("hex")}`;
}

function githubRunUrl(env: NodeJS.ProcessEnv): { url?: string } {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? { url: `${server}/${repository}/actions/runs/${run}` } : {};
}

async function showRun(
  run: Run,
  folder: string,
  options: CiOptions,
  terminal: Terminal,
): Promise<void> {
  const { env, stderr, stdout } = terminal;
  const width = stderr.columns ?? 100;
  const color = useColor(options, terminal);
  const shown = relative(terminal.cwd, folder);
  stderr.write(
    `${terminalSummary(run, { color, width, folder: shown.startsWith("../..") ? folder : shown })}\n`,
  );
  if (env.GITHUB_ACTIONS) for (const line of githubAnnotations(run)) stderr.write(`${line}\n`);
  if (env.GITHUB_STEP_SUMMARY) await appendFile(env.GITHUB_STEP_SUMMARY, summaryMarkdown(run));
  if (options.json) stdout.write(`${JSON.stringify(run, null, 2)}\n`);
}

const ciExamples = `
Examples:
  gantry ci                                      what GitHub would check on this branch
  gantry ci --event push --branch main           what a push to main would check
  gantry ci --skip integration-tests --json      without one stage, the run as JSON on stdout`;

const runExamples = `
Examples:
  gantry run unit-tests                          the unit tests, after code-quality
  gantry run unit-tests --skip code-quality      the unit tests alone`;
