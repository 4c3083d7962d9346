import { join } from "node:path";
import { loadConfig } from "../../config/load.ts";
import type { FileContent } from "../../dependencies/report/report.ts";
import { checkedRun } from "../../dependencies/search/checked-run.ts";
import type { Checked } from "../../dependencies/search/ports.ts";
import { updateStages } from "../../dependencies/trigger.ts";
import { ok, type Result } from "../../errors/problem.ts";
import type { Run } from "../../execute/run.ts";
import type { Copy } from "../../host/source/copy.ts";
import { surveyOf } from "../../host/source/survey.ts";
import { makePlan } from "../../plan/make-plan.ts";
import type { Trigger } from "../../plan/plan.ts";
import type { CommonOptions } from "../common-options.ts";
import { readConfig } from "../config-file.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { createDisplay } from "../run/display.ts";
import { executeOnHost } from "../run/execute-on-host.ts";
import { createRunStore } from "../run/run-store.ts";

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
    only: updateStages,
  });
  return ok({ source: source.value, survey, config: config.value, trigger, plan });
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
    return checkedRun(await runProject(project.value, request, number));
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
