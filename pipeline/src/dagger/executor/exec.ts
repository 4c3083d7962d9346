import { addressVariables } from "../../execute/address.ts";
import type { StepContext, StepResult } from "../../execute/executor.ts";
import type { ExecStep } from "../../plan/step.ts";
import type { Container } from "../client.ts";
import { places, withCaches, withVariables } from "../environment.ts";
import { overdue, within } from "../run/deadline.ts";
import { timedOut } from "../wrapper.ts";
import { baseOf } from "./base.ts";
import { collect } from "./collect.ts";
import { runCommand } from "./command.ts";
import { laySource } from "./files.ts";
import { lastWords } from "./serve.ts";
import { addressOf, type Site, serviceOf, stepKey } from "./site.ts";

/** Runs a command in its toolchain's container, on the file system that its step goes on from. */
export async function runExec(
  site: Site,
  step: ExecStep,
  context: StepContext,
): Promise<StepResult> {
  const base = await baseOf(site, step.toolchain);
  const laid = await laySource(site, step, context, base.container);
  const container = equip(site, step, context, laid.container);
  const argv = (context.attempt > 1 && step.retry?.argv) || step.argv;
  const hidden = Object.keys(context.secrets).length > 0;
  const command = {
    container,
    argv: argv.map(fillReports),
    timeoutSeconds: step.timeoutSeconds,
    hidden,
  };
  const ended = await within(runCommand(site, command), step.timeoutSeconds);
  if (ended === overdue) return { kind: "exited", exit: 124, ended: "timeout", reports: [] };
  site.states.set(stepKey(context.stage, step.id), {
    rootfs: ended.container.rootfs(),
    whole: laid.whole,
    history: laid.history,
  });
  const reports = await collect(site, step, context, ended);
  if (step.asks && ended.exit !== 0) {
    await context.output(`the application's last words:\n${await lastWords(site, context.stage)}`);
  }
  return {
    kind: "exited",
    exit: ended.exit,
    ...(timedOut(ended, step.timeoutSeconds) && { ended: "timeout" as const }),
    ...(ended.reused && { reused: true }),
    reports,
  };
}

/** Everything that only this step has: its folder, variables, programs, secrets and services. */
function equip(site: Site, step: ExecStep, context: StepContext, laid: Container): Container {
  const directory = inSource(step.directory);
  const path = [...step.path.map((folder) => `${directory}/${folder}`), "$PATH"].join(":");
  const variables = Object.entries({
    ...step.env,
    ...context.serviceEnv,
    ...(step.asks && addressVariables(addressOf(site, context.stage, step.asks))),
  });
  let container = withCaches(site.dag, laid, site.plan, step.caches)
    .withWorkdir(directory)
    .withEnvVariable("PATH", path, { expand: true });
  container = withVariables(
    container,
    Object.fromEntries(variables.map(([name, value]) => [name, fillReports(value)])),
  );
  for (const id of step.reads) {
    const reports = site.reports.get(stepKey(context.stage, id));
    if (reports) container = container.withMountedDirectory(`${places.read}/${id}`, reports);
  }
  for (const name of [...step.services, ...(step.asks ? [step.asks] : [])]) {
    container = container.withServiceBinding(name, serviceOf(site, context.stage, name));
  }
  for (const name of Object.keys(context.secrets)) {
    const secret = site.secrets.get(name);
    if (secret) container = container.withSecretVariable(name, secret);
  }
  // A database learns every day, and a tool that reached none may end with 0: each run asks anew.
  return step.audit ? container.withEnvVariable("GANTRY_ONCE", site.key) : container;
}

/** `{reports}` is the step's own folder, `{reports:ID}` that of another step of the stage. */
function fillReports(text: string): string {
  return text
    .replaceAll("{reports}", places.reports)
    .replaceAll(/\{reports:([^}]+)\}/g, (_all, id: string) => `${places.read}/${id}`);
}

export function inSource(path: string): string {
  return path === "." ? places.source : `${places.source}/${path}`;
}
