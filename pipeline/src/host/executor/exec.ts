import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addressVariables } from "../../execute/address.ts";
import type { CollectedReport, StepContext, StepResult } from "../../execute/executor.ts";
import { artifactsPath } from "../../execute/output.ts";
import type { ExecStep, Report } from "../../plan/step.ts";
import { stepEnvironment } from "../environment.ts";
import { maskArtifacts } from "../mask-artifacts.ts";
import { runProcess } from "../process.ts";
import type { Host } from "./host.ts";
import { prepare } from "./prepare.ts";
import { servedAs } from "./served.ts";

const largestReport = 64 * 1024 * 1024;

/** Runs a command in its toolchain and workspace, and collects what it leaves. */
export async function runExec(
  host: Host,
  step: ExecStep,
  context: StepContext,
): Promise<StepResult> {
  const tools = await toolsFor(host, step.toolchain, context);
  if (!tools.ok) return { kind: "world-failed", reason: tools.reason, mend: tools.mend };
  const { workspaces } = host;
  const workspace = step.inputs.history
    ? await workspaces.openWithHistory(context.stage, step.workspace)
    : await workspaces.open(context.stage, step.workspace);
  const run = (): Promise<StepResult> =>
    runCommand({ host, step, context, workspace, path: tools.path });
  return step.prepares ? prepare({ host, step, workspace, run }) : run();
}

interface CommandRequest {
  readonly host: Host;
  readonly step: ExecStep;
  readonly context: StepContext;
  readonly workspace: string;
  readonly path: readonly string[];
}

async function runCommand(request: CommandRequest): Promise<StepResult> {
  const { host, step, context, workspace } = request;
  const directory = join(workspace, step.directory);
  const reports = reportsFolder(host, context, step.id);
  if (step.leaves.length > 0) await mkdir(reports, { recursive: true });
  const fill = (text: string): string => fillReports(host, context, reports, text);
  const argv = (context.attempt > 1 && step.retry?.argv) || step.argv;
  const served = step.asks === undefined ? undefined : servedAs(host, context.stage, step.asks);
  const [program, ...args] = argv;
  const end = await runProcess({
    argv: [program, ...args.map(fill)],
    cwd: directory,
    env: {
      ...(await baseEnvironment(host, step, directory, request.path)),
      ...Object.fromEntries(Object.entries(step.env).map(([key, value]) => [key, fill(value)])),
      ...context.serviceEnv,
      ...(served && addressVariables(served.base)),
      ...context.secrets,
    },
    signal: context.signal,
    output: context.output,
  });
  const collected = await Promise.all(
    step.leaves.map((report) =>
      collect({ report, host, directory, fill, secrets: context.secrets }),
    ),
  );
  await maskArtifacts(reports, context.secrets);
  const gone = end.exit === 0 ? undefined : await served?.gone();
  if (gone) await context.output(`the application's last words:\n${await served?.tail()}\n`);
  return { kind: "exited", ...end, reports: collected, ...(gone && { message: gone }) };
}

export async function toolsFor(
  host: Host,
  name: string,
  context: Pick<StepContext, "plan" | "note">,
): Promise<{ ok: true; path: readonly string[] } | { ok: false; reason: string; mend: string }> {
  const toolchain = context.plan.toolchains[name];
  if (!toolchain) throw new Error(`the plan names an unknown toolchain ${name}`);
  const found = await host.shed.find(toolchain, context.note);
  if (!found.ok) return found;
  for (const [tool, version] of Object.entries(found.tools.versions)) {
    host.versions.set(tool, version);
  }
  return { ok: true, path: found.tools.path };
}

export async function baseEnvironment(
  host: Host,
  step: { readonly path: readonly string[] },
  directory: string,
  tools: readonly string[],
): Promise<Record<string, string>> {
  const home = join(host.workspaces.root, "home");
  const temporary = join(host.workspaces.root, "tmp");
  await Promise.all([home, temporary].map((folder) => mkdir(folder, { recursive: true })));
  return stepEnvironment(host.machine, {
    home,
    temporary,
    caches: join(host.home, "cache"),
    path: [...step.path.map((folder) => join(directory, folder)), ...tools],
    runId: host.runId,
    ceiling: host.workspaces.root,
  });
}

/** Where a step's reports go: its artifacts, a folder of its own for each try. */
function reportsFolder(host: Host, context: StepContext, step: string): string {
  const folder = join(host.runFolder, artifactsPath(context.stage, step));
  return context.attempt > 1 ? join(folder, `retry-${context.attempt - 1}`) : folder;
}

/** `{reports}` is the step's own folder, `{reports:ID}` that of another step of the stage. */
function fillReports(host: Host, context: StepContext, own: string, text: string): string {
  return text
    .replaceAll("{reports}", own)
    .replaceAll(/\{reports:([^}]+)\}/g, (_all, id: string) =>
      join(host.runFolder, artifactsPath(context.stage, id)),
    );
}

interface Collection {
  readonly report: Report;
  readonly host: Host;
  readonly directory: string;
  readonly fill: (text: string) => string;
  readonly secrets: StepContext["secrets"];
}

async function collect({
  report,
  host,
  directory,
  fill,
  secrets,
}: Collection): Promise<CollectedReport> {
  const inReports = report.path.startsWith("{reports}");
  const path = inReports ? fill(report.path) : join(directory, report.path);
  const found = await stat(path).catch(() => undefined);
  if (!found) return { report, problem: "was not left by the command" };
  if (report.format === "folder") return { report };
  if (found.size > largestReport)
    return { report, problem: `has ${found.size} bytes: too large to read` };
  if (!inReports) {
    const target = join(host.runFolder, "artifacts", report.artifact);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
    await maskArtifacts(target, secrets);
  }
  return { report, text: await readFile(path, "utf8") };
}
