import type { Stage } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";
import { percent } from "../report/words.ts";
import { mergeCoverage } from "../results/cobertura.ts";
import type { StageContext } from "./executor.ts";
import { keepEarned, leanOn } from "./receipts/lean.ts";
import type { Outcome, StageRun, StepRun } from "./run.ts";
import { runStep, skippedStep } from "./run-step.ts";
import type { Scope } from "./scope.ts";
import { type StartedServices, startServices } from "./services.ts";
import { stageOutcome } from "./verdict.ts";

/** Runs one stage: its preparing steps at once, the rest when what it needs has passed. */
export async function runStage(
  stage: Stage,
  priority: number,
  needs: Promise<readonly StageRun[]>,
  scope: Scope,
): Promise<StageRun> {
  const context = stageContext(stage, scope);
  const steps = stage.steps.filter((step) => isWanted(step, scope));
  const missing = missingSecrets(stage, scope);
  const gate = openGate(stage, context, needs, scope);
  const earlier = leanOn(stage, steps, scope);
  let startedAt: number | undefined;

  const running = new Map<string, Promise<StepRun>>();
  const pending = steps.map((step) => () => start(step));
  for (const begin of pending) begin();
  const finished = await Promise.all(running.values());
  await scope.request.executor.endStage(stage.id);
  await keepEarned(stage, finished, scope);
  const opened = await gate;
  return summarise({ stage, steps: finished, opened, missing, startedAt, scope });

  function start(step: Step): Promise<StepRun> {
    const existing = running.get(step.id);
    if (existing) return existing;
    const before = step.needs.flatMap((id) => {
      const need = steps.find((other) => other.id === id);
      return need ? [start(need)] : [];
    });
    const promise = runWhenReady(step, before);
    running.set(step.id, promise);
    return promise;
  }

  async function runWhenReady(step: Step, before: readonly Promise<StepRun>[]): Promise<StepRun> {
    if (missing.nothingLeft) return skippedStep(step, "skipped", missing.reason);
    const lacking = missing.byStep.get(step.id);
    if (lacking) return skippedStep(step, step.blocking ? "not-checked" : "skipped", lacking);
    const results = await Promise.all(before);
    const stands = (await earlier).get(step.id);
    const opened: Gate = step.early && !stands ? { go: true } : await gate;
    if (scope.request.signal.aborted) return skippedStep(step, "cancelled");
    if (!opened.go) return skippedStep(step, "skipped", opened.reason);
    const obstacle = results.find((result) => !letsThrough(result, step, steps));
    if (obstacle) return skippedStep(step, "skipped", `${obstacle.id} ${obstacle.outcome}`);
    if (stands) return letStand(stands);
    if (!step.early) startedAt ??= scope.elapsed();
    return runStep({ step, stage, context, services: opened.services, priority, scope });
  }

  function letStand(step: StepRun): StepRun {
    scope.emit({ type: "step-ended", stage, step });
    return step;
  }
}

type Gate =
  | { readonly go: true; readonly services?: StartedServices }
  | { readonly go: false; readonly outcome: Outcome; readonly reason: string };

/** Opens when the stages before have passed and the stage's services are there. */
async function openGate(
  stage: Stage,
  context: StageContext,
  needs: Promise<readonly StageRun[]>,
  scope: Scope,
): Promise<Gate> {
  // A stage that the plan left out on purpose is no obstacle; one that did not pass is.
  const obstacle = (await needs).find((need) => need.steps.length > 0 && need.outcome !== "passed");
  if (obstacle) {
    const cancelled = obstacle.outcome === "cancelled";
    return {
      go: false,
      outcome: cancelled ? "cancelled" : "skipped",
      reason: `${obstacle.id} ${cancelled ? "was cancelled" : `did not pass (${obstacle.outcome})`}`,
    };
  }
  scope.emit({ type: "stage-started", stage });
  const names = stage.steps.flatMap((step) => (step.kind === "exec" ? step.services : []));
  const useless = scope.request.signal.aborted || missingSecrets(stage, scope).nothingLeft;
  if (names.length === 0 || useless) return { go: true };
  return { go: true, services: await startServices([...new Set(names)], context, scope) };
}

function stageContext(stage: Stage, scope: Scope): StageContext {
  return {
    stage: stage.id,
    plan: scope.request.plan,
    signal: scope.request.signal,
    note: (text) => scope.emit({ type: "note", stage: stage.id, text: scope.redactor.text(text) }),
  };
}

function isWanted(step: Step, scope: Scope): boolean {
  return !step.onlyWithout || scope.request.executor.lacks[step.onlyWithout] !== undefined;
}

/** An image that could not be built does not hold up the process that stands in for it. */
function letsThrough(result: StepRun, step: Step, steps: readonly Step[]): boolean {
  if (result.outcome === "passed") return true;
  const planned = steps.find((other) => other.id === result.id);
  return (
    result.outcome === "not-checked" &&
    planned?.kind === "build-image" &&
    planned.standIn === step.id
  );
}

interface MissingSecrets {
  readonly byStep: ReadonlyMap<string, string>;
  /** Whether no step but preparing ones is left. */
  readonly nothingLeft: boolean;
  readonly reason: string;
}

function missingSecrets(stage: Stage, scope: Scope): MissingSecrets {
  const byStep = new Map<string, string>();
  const names = new Set<string>();
  for (const step of stage.steps) {
    if (!("secrets" in step)) continue;
    const missing = step.secrets.filter((name) => !scope.secrets.has(name));
    if (missing.length === 0) continue;
    byStep.set(step.id, secretReason(missing, scope));
    for (const name of missing) names.add(name);
  }
  const left = stage.steps.filter((step) => !step.early && !byStep.has(step.id));
  return {
    byStep,
    nothingLeft: byStep.size > 0 && left.length === 0 && !stage.blocking,
    reason: secretReason([...names], scope),
  };
}

function secretReason(names: readonly string[], scope: Scope): string {
  const why = scope.request.plan.trigger.fork ? " (a fork's pull request meets no secret)" : "";
  return `${names.length === 1 ? "secret" : "secrets"} missing: ${names.join(", ")}${why}`;
}

interface Finished {
  readonly stage: Stage;
  readonly steps: readonly StepRun[];
  readonly opened: Gate;
  readonly missing: MissingSecrets;
  readonly startedAt: number | undefined;
  readonly scope: Scope;
}

function summarise({ stage, steps, opened, missing, startedAt, scope }: Finished): StageRun {
  const stoodIn = stoodInFor(stage, steps);
  const tests = totalTests(steps);
  const measured = steps.flatMap((step) => step.coverage ?? []);
  const coverage =
    measured.length > 0 ? mergeCoverage(measured, stage.coverage?.minimum) : undefined;
  const own: Ending = opened.go
    ? {
        outcome: stageOutcome(stage, steps, stoodIn),
        reason: missing.nothingLeft ? missing.reason : stage.reason,
      }
    : opened;
  const { outcome, reason } = own.outcome === "passed" ? askTotalGate(own, stage, coverage) : own;
  if (stage.blocking) scope.warnings.push(...notHeld(steps));
  return {
    id: stage.id,
    outcome,
    blocking: stage.blocking,
    reason,
    ...(startedAt !== undefined && { startedAt }),
    seconds: startedAt === undefined ? 0 : endOf(steps, scope) - startedAt,
    ...(coverage && { coverage }),
    ...(tests && { tests }),
    findings: steps.flatMap((step) => step.findings),
    notChecked: [...stoodIn, ...steps.flatMap((step) => step.notChecked ?? [])],
    steps: [...steps],
  };
}

interface Ending {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** The gate over all components; where nothing was measured it cannot be asked. */
function askTotalGate(own: Ending, stage: Stage, coverage: StageRun["coverage"]): Ending {
  const minimum = stage.coverage?.minimum;
  if (!minimum) return own;
  if (!coverage) {
    return { outcome: "error", reason: `${minimum} % over all is asked for; nothing was measured` };
  }
  if (coverage.percent >= minimum) return own;
  const reason = `${percent(coverage.percent)} over all is covered, ${percent(minimum)} is asked for`;
  return { outcome: "coverage-below", reason };
}

/** What went wrong in a stage that blocks, in a step that does not: said, and not held against it. */
function notHeld(steps: readonly StepRun[]): string[] {
  return steps
    .filter((step) => !step.blocking && !["passed", "skipped"].includes(step.outcome))
    .map(
      ({ title, outcome, explanation }) =>
        `${title}: ${outcome}${explanation ? `, ${explanation.message}` : ""} (does not block)`,
    );
}

function endOf(steps: readonly StepRun[], scope: Scope): number {
  const ends = steps.map((step) => (step.startedAt ?? 0) + step.seconds);
  return ends.length > 0 ? Math.max(...ends) : scope.elapsed();
}

/** Steps that could not be checked, but whose stand-in passed: named, and not held against it. */
function stoodInFor(stage: Stage, steps: readonly StepRun[]): Set<string> {
  const outcomes = new Map(steps.map((step) => [step.id, step.outcome]));
  return new Set(
    stage.steps.flatMap((step) =>
      step.kind === "build-image" &&
      step.standIn &&
      outcomes.get(step.id) === "not-checked" &&
      outcomes.get(step.standIn) === "passed"
        ? [step.id]
        : [],
    ),
  );
}

function totalTests(steps: readonly StepRun[]): StageRun["tests"] {
  const all = steps.flatMap((step) => step.tests ?? []);
  if (all.length === 0) return undefined;
  const sum = (key: "passed" | "failed" | "skipped"): number =>
    all.reduce((total, tests) => total + tests[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}
