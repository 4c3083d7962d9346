import { join } from "node:path";
import { loadConfig } from "../../config/load.ts";
import { looksLikeNetwork } from "../../dependencies/locks/lock-command.ts";
import type { FileContent } from "../../dependencies/report/report.ts";
import type { Checked } from "../../dependencies/search/update.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Run, StepRun } from "../../execute/run.ts";
import { isRed } from "../../execute/verdict.ts";
import { surveyOf } from "../../host/survey.ts";
import type { Copy } from "../../host/updates/copy.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Plan, Trigger } from "../../plan/plan.ts";
import type { CommonOptions } from "../common-options.ts";
import { readConfig } from "../config-file.ts";
import { createDisplay } from "../display.ts";
import { executeOnHost } from "../execute-on-host.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { createRunStore } from "../run-store.ts";

export interface CheckRequest {
  readonly copy: Copy;
  readonly trigger: Trigger;
  readonly options: CommonOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a pull request with these files would be asked: code-quality and unit-tests. */
export async function projectOf({
  copy,
  trigger,
  options,
  terminal,
}: CheckRequest): Promise<Result<Project>> {
  const source = await copy.source();
  if (!source.ok) return source;
  const [survey, written] = await Promise.all([
    surveyOf(source.value),
    readConfig(source.value.root, options.config, terminal.cwd),
  ]);
  if (!written.ok) return written;
  const config = loadConfig(written.value, survey);
  if (!config.ok) return config;
  const plan = makePlan({
    config: config.value,
    survey,
    trigger,
    source: source.value.hash,
    only: ["code-quality", "unit-tests"],
  });
  return ok({ source: source.value, survey, config: config.value, trigger, plan });
}

/** The stages that have something to say. */
export function stagesOf(plan: Plan): string[] {
  return plan.stages.filter(({ run, steps }) => run && steps.length > 0).map(({ id }) => id);
}

/** Runs the checks with some files changed; the copy is as it was afterwards. */
export async function checkFiles(
  request: CheckRequest,
  files: readonly FileContent[],
  number: number,
): Promise<Checked> {
  const { copy } = request;
  const before: FileContent[] = [];
  for (const { path } of files) before.push({ path, content: (await copy.read(path)) ?? "" });
  await copy.write(files);
  try {
    const project = await projectOf(request);
    if (!project.ok) {
      const reason = project.problems.map(({ message }) => message).join("; ");
      return { verdict: "unknown", reason, components: [] };
    }
    return verdictOf(await runProject(project.value, request, number));
  } finally {
    await copy.write(before);
  }
}

async function runProject(
  { plan, source }: Project,
  { copy, options, terminal, signal }: CheckRequest,
  number: number,
): Promise<Run> {
  const display = createDisplay(options, terminal, {});
  const store = await createRunStore(join(copy.scratch, "runs", String(number)), undefined);
  try {
    return await executeOnHost({
      plan,
      source,
      id: `updates-${process.pid}-${number}`,
      store,
      machine: terminal.env,
      listener: display.listener,
      signal,
      ended: store.save,
    });
  } finally {
    display.stop();
  }
}

/** What a run says of the updates in it; a network that failed while installing says nothing. */
function verdictOf(run: Run): Checked {
  const steps = run.stages.flatMap((stage) => stage.steps);
  const red = steps.filter(({ outcome, blocking }) => blocking && isRed(outcome));
  const components = [...new Set(red.flatMap(({ component }) => component ?? []))];
  const lost = red.find(({ tail }) => tail !== undefined && looksLikeNetwork(tail));
  if (lost) return { verdict: "unknown", reason: `${lost.title}: the network failed`, components };
  if (run.verdict === "passed") return { verdict: "green", reason: "", components };
  const reason = reasonOf(run, red);
  return { verdict: run.verdict === "failed" ? "red" : "unknown", reason, components };
}

function reasonOf({ stages, verdict }: Run, red: readonly StepRun[]): string {
  const [first] = red;
  if (!first) {
    const open = stages.find(({ outcome }) => outcome !== "passed" && outcome !== "skipped");
    return `${open?.id ?? "the checks"}: ${open?.outcome ?? verdict}`;
  }
  const [failure, ...more] = first.tests?.failures ?? [];
  const what = failure
    ? `${failure.name}${more.length > 0 ? ` and ${more.length} more` : ""}`
    : (first.findings[0]?.message ?? first.explanation?.message ?? lastLine(first.tail));
  return `${first.title}: ${what || first.outcome}`;
}

function lastLine(tail: string | undefined): string {
  return tail?.trim().split("\n").at(-1) ?? "";
}
