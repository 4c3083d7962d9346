import type { CollectedReport, StepContext } from "../../execute/executor.ts";
import { logPath } from "../../execute/output.ts";
import type { ExecStep, Report } from "../../plan/step.ts";
import type { Directory } from "../client.ts";
import { places } from "../environment.ts";
import type { Ended } from "./command.ts";
import { showLog } from "./log.ts";
import { mask } from "./mask.ts";
import { type Site, stepKey } from "./site.ts";

/** The module holds what it reads several times over: a larger report stays a file. */
const largestReport = 16 * 1024 * 1024;

/** Brings home what a command left: its log, its reports, and folders that only people read. */
export async function collect(
  site: Site,
  step: ExecStep,
  context: StepContext,
  ended: Ended,
): Promise<CollectedReport[]> {
  const raw = await withOwnFiles(step, ended);
  const secrets = Object.keys(context.secrets);
  const left = secrets.length > 0 ? mask(site, raw, secrets) : raw;
  const log = left.file("log");
  site.logs.set(triedPath(step, context), log);
  await showLog(site, log, context.output);
  site.reports.set(stepKey(context.stage, step.id), left.directory("reports"));
  const reports = await Promise.all(step.leaves.map((report) => readReport(left, report)));
  keepArtifacts(site, step, context, left, reports);
  return reports;
}

/** Reports that a command leaves in its own folder are put beside the others. */
async function withOwnFiles(step: ExecStep, ended: Ended): Promise<Directory> {
  let left = ended.out;
  for (const report of step.leaves) {
    if (inReports(report)) continue;
    const from = `${places.source}/${step.directory}/${report.path}`;
    if (!(await ended.container.exists(from))) continue;
    left =
      report.format === "folder"
        ? left.withDirectory(placeOf(report), ended.container.directory(from))
        : left.withFile(placeOf(report), ended.container.file(from));
  }
  return left;
}

async function readReport(left: Directory, report: Report): Promise<CollectedReport> {
  const place = placeOf(report);
  if (!(await left.exists(place))) return { report, problem: "was not left by the command" };
  if (report.format === "folder") return { report };
  const file = left.file(place);
  const size = await file.size();
  if (size > largestReport) return { report, problem: `has ${size} bytes: too large to read` };
  return { report, text: await file.contents() };
}

function keepArtifacts(
  site: Site,
  step: ExecStep,
  context: StepContext,
  left: Directory,
  reports: readonly CollectedReport[],
): void {
  if (step.leaves.length === 0) return;
  const folder = `artifacts/${context.stage}/${step.id}`;
  const path = context.attempt > 1 ? `${folder}/retry-${context.attempt - 1}` : folder;
  site.artifacts.push({ path, content: { directory: left.directory("reports") } });
  for (const { report, problem } of reports) {
    if (problem || inReports(report)) continue;
    const from = placeOf(report);
    const content =
      report.format === "folder" ? { directory: left.directory(from) } : { file: left.file(from) };
    site.artifacts.push({ path: `artifacts/${report.artifact}`, content });
  }
}

function inReports(report: Report): boolean {
  return report.path.startsWith("{reports}/");
}

function placeOf(report: Report): string {
  return inReports(report) ? report.path.replace("{reports}", "reports") : `own/${report.artifact}`;
}

function triedPath(step: ExecStep, context: StepContext): string {
  const path = logPath(context.stage, step.id);
  return context.attempt > 1 ? path.replace(/log$/, `retry-${context.attempt - 1}.log`) : path;
}
