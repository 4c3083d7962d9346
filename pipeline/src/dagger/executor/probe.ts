import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { ProbeStep } from "../../plan/step.ts";
import type { ProbeSpec } from "../../procedures/probe-spec.ts";
import { places } from "../environment.ts";
import { wordsOf } from "../failure.ts";
import { overdue, within } from "../run/deadline.ts";
import { procedureContainer } from "./base.ts";
import { type Ended, runCommand } from "./command.ts";
import { showLog } from "./log.ts";
import { lastWords, logVolume } from "./serve.ts";
import { addressOf, type Site, serviceOf } from "./site.ts";

/** A second container asks the started application, and tells its last words where it must. */
export async function runProbe(
  site: Site,
  step: ProbeStep,
  context: StepContext,
): Promise<StepResult> {
  const spec: ProbeSpec = {
    base: addressOf(site, context.stage, step.target),
    logs: places.serve,
    left: places.reports,
    requests: step.requests,
    withinSeconds: step.withinSeconds,
    consecutive: step.consecutive,
    intervalSeconds: step.intervalSeconds,
  };
  const base = await procedureContainer(site).sync();
  const container = base
    .withMountedFile(places.procedures, site.procedures)
    .withMountedCache(places.serve, logVolume(site, context.stage))
    .withServiceBinding(step.target, serviceOf(site, context.stage, step.target));
  const argv = ["node", places.procedures, "probe", JSON.stringify(spec)];
  const { timeoutSeconds } = step;
  try {
    const command = { container, argv, timeoutSeconds, hidden: false };
    const ended = await within(runCommand(site, command), timeoutSeconds);
    if (ended === overdue) return { kind: "exited", exit: 124, ended: "timeout", reports: [] };
    await showLog(site, ended.out.file("log"), context.output);
    return resultOf(step, context, site, ended);
  } catch (error) {
    const exited = /exited: exit code: (\d+)/.exec(wordsOf(error))?.[1];
    if (exited === undefined) throw error;
    const words = await lastWords(site, context.stage);
    await context.output(`the application's last words:\n${words}`);
    return failed(`the container ended with exit code ${exited}`);
  }
}

async function resultOf(
  step: ProbeStep,
  context: StepContext,
  site: Site,
  ended: Ended,
): Promise<StepResult> {
  if (await ended.out.exists("reports/application.log")) {
    const file = ended.out.file("reports/application.log");
    site.artifacts.push({
      path: `artifacts/${context.stage}/${step.target}.log`,
      content: { file },
    });
  }
  const text = await ended.out.file("reports/probe.json").contents();
  const told = JSON.parse(text) as { ok: boolean; seconds?: number; reason?: string };
  if (!told.ok) return failed(told.reason ?? "it did not answer as expected");
  return {
    kind: "exited",
    exit: 0,
    reports: [],
    ...(ended.reused && { reused: true }),
    ...(told.seconds !== undefined && { measures: { startupSeconds: told.seconds } }),
  };
}

function failed(message: string): StepResult {
  return {
    kind: "exited",
    exit: 1,
    reports: [],
    message,
    mend: "the log shows the application's last words; start it by hand to see more (`dagger call app up`)",
  };
}
