import type { Standing } from "../../dependencies/contained.ts";
import { exitOfUpdates, type UpdateReport } from "../../dependencies/report/report.ts";
import { reportText } from "../../dependencies/report/report-text.ts";
import { standingLine } from "../../dependencies/report/standing-line.ts";
import { type UpdateSettings, updateSettings } from "../../dependencies/settings.ts";
import { ok, type Result } from "../../errors/problem.ts";
import { keepStanding, openRequests } from "../../github/updates/keep-request.ts";
import type { UpdateOptions } from "../commands/update-dependencies.ts";
import type { Terminal } from "../main.ts";
import { openProject, type Project } from "../project.ts";
import { refuse } from "../refuse.ts";
import { onSignals } from "../signals.ts";
import { type Base, findBase } from "./base.ts";
import { makeUpdates } from "./make-updates.ts";

/** `gantry update-dependencies`: updates, tests, and unless it is only asked, keeps the request. */
export async function updateDependencies(
  options: UpdateOptions,
  terminal: Terminal,
): Promise<number> {
  const signals = onSignals();
  try {
    const opened = await open(options, terminal);
    const done = opened.ok ? await run(opened.value, options, terminal, signals.signal) : opened;
    const ended = signals.endedBy();
    if (ended) return ended === "SIGINT" ? 130 : 143;
    if (!done.ok) return refuse(done.problems, options, terminal);
    show(done.value, options, terminal);
    return exitOfUpdates(done.value.report);
  } finally {
    signals.stop();
  }
}

interface Opened {
  readonly project: Project;
  readonly settings: UpdateSettings;
  readonly base: Base;
}

async function open(options: UpdateOptions, { env, cwd }: Terminal): Promise<Result<Opened>> {
  const project = await openProject(options, env, cwd);
  if (!project.ok) return project;
  const settings = updateSettings(project.value.config.written.dependencies);
  const base = await findBase(project.value, settings);
  return base.ok ? ok({ project: project.value, settings, base: base.value }) : base;
}

interface Done {
  readonly report: UpdateReport;
  readonly standing?: Standing;
}

async function run(
  opened: Opened,
  options: UpdateOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Result<Done>> {
  const { project, settings, base } = opened;
  const requests = options.dryRun
    ? undefined
    : await openRequests(settings, base, environmentOf(project, terminal));
  if (requests && !requests.ok) return requests;
  const today = new Date().toISOString().slice(0, 10);
  const report = await makeUpdates({ ...opened, options, terminal, signal, today });
  if (!report.ok || !requests || signal.aborted) {
    return report.ok ? ok({ report: report.value }) : report;
  }
  const standing = await keepStanding(requests.value, settings, report.value);
  return standing.ok ? ok({ report: report.value, standing: standing.value }) : standing;
}

function environmentOf({ trigger }: Project, { env }: Terminal): NodeJS.ProcessEnv {
  return { ...env, GITHUB_REPOSITORY: env.GITHUB_REPOSITORY || trigger.repository };
}

/** The files' content is left out: it is long, and stands in the request. */
function show({ report, standing }: Done, options: UpdateOptions, { stdout }: Terminal): void {
  if (options.json) {
    const files = report.files.map(({ path }) => path);
    const shown = { ...report, files, ...(standing && { request: standing }) };
    stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return;
  }
  stdout.write(reportText(report));
  if (standing) stdout.write(standingLine(standing));
}
