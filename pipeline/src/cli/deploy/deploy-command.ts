import { relative } from "node:path";
import type { Wanted } from "../../deploy/procedure/deploy.ts";
import { endWords } from "../../deploy/shown/end.ts";
import { exitOf } from "../../errors/catalogue.ts";
import { ok, type Problem, type Result } from "../../errors/problem.ts";
import { type Run, runVersion, type StageRun } from "../../execute/run.ts";
import { exitCodeOf, verdictOf } from "../../execute/verdict.ts";
import { findCommit, sourceOfCommit, versionTag } from "../../host/version.ts";
import { createPen } from "../../report/terminal/paint.ts";
import { useColor } from "../color.ts";
import { showProblems, type Terminal } from "../main.ts";
import { openProject, type Project } from "../project.ts";
import { runFolders } from "../run-folders.ts";
import { githubRunUrl } from "../run-on-host.ts";
import { createRunStore } from "../run-store.ts";
import { onSignals } from "../signals.ts";
import { type OpenEnvironment, openEnvironment } from "./open-environment.ts";
import type { DeployOptions } from "./options.ts";
import { type Deployed, runDeploy } from "./run-deploy.ts";

/** Finds out which version is meant. */
export type FindWanted = (
  project: Project,
  opened: OpenEnvironment,
) => Promise<Result<Pick<Wanted, "kind" | "commit" | "tag" | "back" | "from">>>;

/** Opens the environment, deploys what is meant, and shows what came of it. */
export async function deployCommand(
  options: DeployOptions,
  terminal: Terminal,
  find: FindWanted,
): Promise<number> {
  const project = await openProject({ ...options, event: "manual" }, terminal.env, terminal.cwd);
  if (!project.ok) return refuse(project.problems, options, terminal);
  const opened = await openEnvironment(project.value, options.env, terminal.env);
  if (!opened.ok) return refuse(opened.problems, options, terminal);
  const wanted = await find(project.value, opened.value);
  if (!wanted.ok) return refuse(wanted.problems, options, terminal);
  if (options.plan) return showDrift(opened.value, options, terminal);
  const { run, deployed, folder } = await deployAsRun(options, terminal, {
    project: project.value,
    opened: opened.value,
    wanted: wanted.value,
  });
  showEnd(deployed, folder, options, terminal);
  if (options.json) terminal.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  return run.exit;
}

/** A commit as `--ref` names it; without one, what is checked out. */
export async function wantedCommit(
  project: Project,
  ref: string | undefined,
): Promise<Result<{ commit: string; tag?: string }>> {
  const commit = await findCommit(project.source.root, ref ?? "HEAD");
  if (!commit.ok) return commit;
  const tag = await versionTag(project.source.root, commit.value);
  return ok({ commit: commit.value, ...(tag && { tag }) });
}

interface Meant {
  readonly project: Project;
  readonly opened: OpenEnvironment;
  readonly wanted: Pick<Wanted, "kind" | "commit" | "tag" | "back" | "from">;
}

async function deployAsRun(
  options: DeployOptions,
  terminal: Terminal,
  { project, opened, wanted }: Meant,
): Promise<{ run: Run; deployed: Deployed; folder: string }> {
  const { id, folder, latest } = await runFolders(project, options, terminal);
  const store = await createRunStore(folder, latest);
  const signals = onSignals();
  const { url } = githubRunUrl(terminal.env);
  const startedAt = new Date().toISOString();
  try {
    const source = await sourceOfCommit(project.source.root, wanted.commit);
    const deployed = await runDeploy({
      project,
      opened,
      wanted: {
        ...wanted,
        source,
        again: options.again ?? false,
        waitSeconds: options.wait ?? 0,
      },
      runId: id,
      runUrl: url,
      store,
      terminal,
      quiet: options.quiet ?? false,
      verbose: options.verbose ?? false,
      signals,
    });
    const run = runOf({ project, deployed, id, startedAt, url, endedBy: signals.endedBy() });
    await store.save(run);
    return { run, deployed, folder };
  } finally {
    signals.stop();
  }
}

interface RunParts {
  readonly project: Project;
  readonly deployed: Deployed;
  readonly id: string;
  readonly startedAt: string;
  readonly url: string | undefined;
  readonly endedBy: "SIGINT" | "SIGTERM" | undefined;
}

/** A run of the deploy alone: the checks were somebody else's, and say so. */
function runOf({ project, deployed, id, startedAt, url, endedBy }: RunParts): Run {
  const { plan } = project;
  const stages = plan.stages.map(
    (stage): StageRun =>
      stage.id === deployed.stage.id
        ? deployed.stage
        : {
            id: stage.id,
            outcome: "skipped",
            blocking: stage.blocking,
            reason: "not part of a deploy by its own word",
            seconds: 0,
            findings: [],
            notChecked: [],
            steps: [],
          },
  );
  const verdict = verdictOf(stages, deployed.end.verdict === "cancelled");
  return {
    version: runVersion,
    id,
    verdict,
    exit: exitCodeOf(verdict, endedBy),
    executor: "host",
    startedAt,
    seconds: deployed.deployment.seconds,
    ...(url && { url }),
    plan,
    tools: {},
    stages,
    deployment: deployed.deployment,
    warnings: [...plan.warnings],
  };
}

function showEnd(
  { deployment }: Deployed,
  folder: string,
  options: DeployOptions,
  terminal: Terminal,
): void {
  const { stderr, cwd } = terminal;
  const pen = createPen({ color: useColor(options, terminal), width: stderr.columns ?? 100 });
  const { headline, style, lines } = endWords(deployment);
  stderr.write(`\n${pen.paint(headline, style)}\n`);
  for (const line of lines) stderr.write(`  ${line}\n`);
  stderr.write(`  report: ${relative(cwd, folder) || folder}/report.html\n`);
}

/** `--plan`: what a deploy would change at the provider; changes nothing. */
async function showDrift(
  { provider, environment }: OpenEnvironment,
  options: DeployOptions,
  terminal: Terminal,
): Promise<number> {
  const preflight = await provider.preflight();
  if (preflight.kind !== "ok") {
    const { describeFailure } = await import("../../network/answer.ts");
    terminal.stderr.write(`${describeFailure(environment.provider, preflight)}\n`);
    return preflight.kind === "refused" || preflight.kind === "unauthorised" ? 1 : 3;
  }
  const { drift, target, warnings } = preflight.value;
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ target, drift, warnings }, null, 2)}\n`);
    return 0;
  }
  terminal.stdout.write(`${environment.name} is ${target} on ${environment.provider}\n`);
  for (const warning of warnings) terminal.stdout.write(`· ${warning}\n`);
  if (drift.length === 0) terminal.stdout.write("its settings are what gantry.yaml says\n");
  for (const { path, found, wanted } of drift) {
    terminal.stdout.write(`~ ${path}: ${JSON.stringify(found)} → ${JSON.stringify(wanted)}\n`);
  }
  return 0;
}

function refuse(problems: readonly Problem[], options: DeployOptions, terminal: Terminal): number {
  showProblems(problems, terminal, options.json ?? false);
  return exitOf(problems);
}
