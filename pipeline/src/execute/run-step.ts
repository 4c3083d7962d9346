import type { Stage } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";
import { typedCommand } from "../plan/typed-command.ts";
import { settleRetry } from "../results/tally.ts";
import type { AuditEnd } from "./audit/audit.ts";
import { auditOf, unrunAudit } from "./audit/step.ts";
import type { StageContext, StepResult } from "./executor.ts";
import { type Judgement, judge } from "./judge.ts";
import { createOutput, type Output } from "./output.ts";
import { ownFailure } from "./own-failure.ts";
import { redactValue } from "./redact/redact.ts";
import { ownLimitIn, type ReadOptions, type ReadReports, readReports } from "./reports.ts";
import type { Finding, Outcome, StepRun } from "./run.ts";
import { type Scope, secretNames } from "./scope.ts";
import type { StartedServices } from "./services.ts";

export interface StepRequest {
  readonly step: Step;
  readonly stage: Stage;
  readonly context: StageContext;
  readonly services: StartedServices | undefined;
  readonly priority: number;
  readonly scope: Scope;
}

/** Runs one step to its judgement: tries, reports, findings, and the reason in words. */
export async function runStep(request: StepRequest): Promise<StepRun> {
  const { step, stage, services, scope } = request;
  const blocked =
    "services" in step ? step.services.find((n) => services?.failed.has(n)) : undefined;
  const failed = blocked && services?.failed.get(blocked);
  if (failed) {
    const outcome = failed.kind === "not-checked" ? "not-checked" : "error";
    const run = skippedStep(
      step,
      outcome,
      scope.redactor.text(`service ${blocked}: ${failed.reason}`),
      failed.mend,
    );
    scope.emit({ type: "step-ended", stage, step: run });
    return run;
  }
  const unrun = unrunAudit(step);
  if (unrun) {
    const run = { ...describe(step), seconds: 0, ...unrun };
    scope.emit({ type: "step-ended", stage, step: run });
    return run;
  }
  const weight = weightOf(request);
  const run = await scope.slots.use(weight, () => tryStep(request).catch(bug));
  scope.emit({ type: "step-ended", stage, step: run });
  return run;

  function bug(error: unknown): StepRun {
    const { reason, mend } = ownFailure(error);
    return skippedStep(step, "error", scope.redactor.text(reason), mend);
  }
}

/** Earlier stages go first, then what judges before what prepares, then what took longest before. */
function weightOf({ step, stage, priority, scope }: StepRequest): number {
  const seconds = scope.request.lastSeconds?.(stage.id, step.id) ?? 0;
  return priority * 2 + (step.early ? 1 : 0) - Math.min(seconds / 10_000, 0.9);
}

/** A step that was not run, with the reason. */
export function skippedStep(step: Step, outcome: Outcome, reason?: string, mend?: string): StepRun {
  return {
    ...describe(step),
    outcome,
    seconds: 0,
    findings: [],
    ...(reason && { explanation: { message: reason, ...(mend && { mend }) } }),
  };
}

interface Attempt {
  readonly result: StepResult;
  readonly reports: ReadReports;
  readonly findings: readonly Finding[];
  readonly judgement: Judgement;
  readonly audit?: AuditEnd;
}

async function tryStep(request: StepRequest): Promise<StepRun> {
  const { step, scope } = request;
  if (scope.request.signal.aborted) return skippedStep(step, "cancelled");
  const startedAt = scope.elapsed();
  const output = createOutput(request);
  const first = await attempt(request, 1, output);
  const settled = await retry(request, first, output);
  const tail = output.tail();
  const { result, reports, judgement, audit } = settled;
  const passed = judgement.outcome === "passed";
  const exited = result.kind === "exited" ? result : undefined;
  const notChecked = [...(exited?.notChecked ?? []), ...(audit?.notChecked ?? [])];
  const packages = audit?.packages;
  const measures = packages === undefined ? exited?.measures : { packagesAsked: packages };
  return {
    ...describe(step),
    ...judgement,
    startedAt,
    seconds: scope.elapsed() - startedAt,
    ...(output.written() && { log: output.path }),
    ...(!passed && tail && { tail }),
    ...(exited?.reused && { reused: true }),
    ...(reports.tests && { tests: reports.tests }),
    ...(reports.coverage && { coverage: reports.coverage }),
    // A trace's places are no findings: what failed stands among the tests.
    findings: reports.tests ? [] : [...settled.findings],
    ...(notChecked.length > 0 && { notChecked }),
    ...(measures && { measures: redactValue({ ...measures }, scope.redactor) }),
  };
}

function describe(
  step: Step,
): Pick<StepRun, "id" | "title" | "component" | "kind" | "blocking" | "command"> {
  return {
    id: step.id,
    title: step.title,
    ...(step.component && { component: step.component }),
    kind: step.kind,
    blocking: step.blocking,
    ...(step.kind === "exec" && { command: typedCommand(step.argv) }),
  };
}

/** Above this a timer would go off at once: no step takes 24 days. */
const longestTimer = 2 ** 31 - 1;

async function attempt(request: StepRequest, number: number, output: Output): Promise<Attempt> {
  const { step, stage, context, services, scope } = request;
  scope.emit({ type: "step-started", stage, step, attempt: number });
  const limit = new AbortController();
  const milliseconds = Math.min(step.timeoutSeconds * 1000, longestTimer);
  const timer = setTimeout(() => limit.abort("timeout"), milliseconds);
  try {
    const result = await scope.request.executor.run(step, {
      ...context,
      signal: AbortSignal.any([context.signal, limit.signal]),
      attempt: number,
      secrets: secretsFor(step, scope),
      serviceEnv: services?.env ?? {},
      output: output.push,
    });
    await output.flush();
    return weigh(request, number, result, output);
  } finally {
    clearTimeout(timer);
  }
}

/** What an attempt means. What comes from outside is masked before it is kept anywhere. */
function weigh(request: StepRequest, number: number, result: StepResult, output: Output): Attempt {
  const { redactor, request: run } = request.scope;
  const step = number > 1 ? withoutGate(request.step) : request.step;
  const collected = result.kind === "exited" ? result.reports : [];
  const directory = step.kind === "exec" ? step.directory : ".";
  const read = readReports(collected, { ...gateOf(step), files: run.files, directory });
  const reports = redactValue(read, redactor);
  const ownLimit = ownLimitIn(output.tail());
  const audit = auditOf({ step, result, reports, startedAt: run.startedAt });
  const own = audit ?? result;
  const findings = own.findings ? redactValue(own.findings, redactor) : output.findings();
  const evidence = {
    ...reports,
    findings,
    ...(ownLimit && { ownLimit }),
    ...(audit && { audit }),
  };
  const { explanation, ...judgement } = judge(step, result, evidence);
  const explained = explanation && { explanation: redactValue(explanation, redactor) };
  return {
    result,
    reports,
    findings,
    judgement: { ...judgement, ...explained },
    ...(audit && { audit }),
  };
}

/** Tests that run again measure no coverage: what the first try measured stands. */
function withoutGate(step: Step): Step {
  if (step.kind !== "exec") return step;
  const { coverage: _, ...rest } = step;
  return rest;
}

function gateOf(step: Step): Pick<ReadOptions, "minimum" | "development"> {
  if (step.kind !== "exec") return {};
  const { coverage, audit } = step;
  return {
    ...(coverage?.minimum !== undefined && { minimum: coverage.minimum }),
    ...(audit && { development: audit.development }),
  };
}

/** Tests that failed run again: those that then pass are flaky, named, and never silently green. */
async function retry(request: StepRequest, first: Attempt, output: Output): Promise<Attempt> {
  const { step, scope } = request;
  if (step.kind !== "exec" || !step.retry) return first;
  if (!step.retry.argv) return settleOwn(request, first);
  let settled = first;
  for (let number = 2; number <= step.retry.times + 1; number += 1) {
    const failures = settled.reports.tests?.failures ?? [];
    if (settled.judgement.outcome !== "failed" || failures.length === 0) return settled;
    if (scope.request.signal.aborted) return settled;
    const again = await attempt(request, number, output);
    if (!again.reports.tests || !first.reports.tests) return settled;
    if (again.reports.tests.passed + again.reports.tests.failed < failures.length) return settled;
    const tests = settleRetry(settled.reports.tests ?? first.reports.tests, again.reports.tests);
    settled = { ...settled, reports: { ...settled.reports, tests } };
    if (again.judgement.outcome === "passed" && tests.failed === 0) {
      return flaky(request, settled, tests.flaky);
    }
  }
  return settled;
}

/** A tool that runs failed tests again itself names those that then passed. */
function settleOwn(request: StepRequest, only: Attempt): Attempt {
  const names = only.reports.tests?.flaky ?? [];
  const passed = only.judgement.outcome === "passed";
  return passed && names.length > 0 ? flaky(request, only, names) : only;
}

function flaky({ step, scope }: StepRequest, attempt: Attempt, names: readonly string[]): Attempt {
  const message = `flaky: ${names.join(", ")} failed and passed when run again`;
  const explanation = { message, mend: "find what it depends on: order, time, or a shared file" };
  const fails = step.kind === "exec" && step.retry?.flaky === "fail";
  if (fails)
    return { ...attempt, judgement: { ...attempt.judgement, outcome: "flaky", explanation } };
  scope.warnings.push(`${step.id}: ${message}`);
  const result: StepResult =
    attempt.result.kind === "exited" ? { ...attempt.result, exit: 0 } : attempt.result;
  const judged = judge(step, result, { ...attempt.reports, findings: attempt.findings });
  return { ...attempt, result, judgement: { explanation, ...judged } };
}

function secretsFor(step: Step, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    secretNames(step).flatMap((name) => {
      const value = scope.secrets.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
