import type { Stage } from "../../plan/plan.ts";
import type { ExecStep, Step } from "../../plan/step.ts";
import { artifactsPath, logPath } from "../output.ts";
import type { StepRun } from "../run.ts";
import type { Scope } from "../scope.ts";
import { type Chain, receiptChains, stepsToRun } from "./chains.ts";
import { type Earned, type ReceiptRequest, receiptVersion } from "./receipt.ts";

/**
 * The steps of a stage that need not run, as an earlier run has left them: each has passed with the
 * same inputs. A fork's code neither leans on a receipt nor earns one.
 * @param steps those of the stage that are wanted on this executor
 */
export async function leanOn(
  stage: Stage,
  steps: readonly Step[],
  scope: Scope,
): Promise<ReadonlyMap<string, StepRun>> {
  const { receipts, plan } = scope.request;
  const found = new Map<string, StepRun>();
  if (!receipts || plan.fresh) return found;
  const requests = chainsOf(stage, scope).map((chain) => requestOf(stage, chain, scope));
  const wanted = requests.map(async (request) => {
    const kept = await receipts.find(request);
    if (kept) found.set(kept.step.id, standing(kept.step, kept.earnedBy));
  });
  await Promise.all(wanted);
  dropRunning();
  // Those that go on from others first: where one cannot be laid, what it goes on from runs as well.
  for (const request of requests.toReversed()) {
    const id = request.inputs.steps.at(-1)?.id ?? "";
    if (!found.has(id) || (await receipts.lay(request))) continue;
    found.delete(id);
    dropRunning();
  }
  return found;

  function dropRunning(): void {
    for (const id of stepsToRun(steps, (step) => found.has(step))) found.delete(id);
  }
}

function standing(step: StepRun, receipt: NonNullable<StepRun["receipt"]>): StepRun {
  const { startedAt: _, ...rest } = step;
  return { ...rest, seconds: 0, reused: true, receipt };
}

/** Keeps a receipt for each step that has passed here at the first try, after others that have. */
export async function keepEarned(
  stage: Stage,
  ended: readonly StepRun[],
  scope: Scope,
): Promise<void> {
  const { receipts, plan, id, startedAt, signal } = scope.request;
  if (!receipts || signal.aborted) return;
  const earnedBy = { run: id, commit: plan.trigger.commit, at: startedAt };
  const runs = new Map(ended.map((run) => [run.id, run]));
  const earned = chainsOf(stage, scope).flatMap((chain): Earned[] => {
    const step = runs.get(chain.step.id);
    // What another run has earned earns nothing again.
    if (!step || step.receipt || !isSound(step)) return [];
    if (!chain.before.every((other) => isSound(runs.get(other.id)))) return [];
    const receipt = { version: receiptVersion, earnedBy, step } as const;
    return [{ ...requestOf(stage, chain, scope), receipt }];
  });
  if (earned.length > 0) await receipts.keep(earned);
}

/** Passed, with nothing left unchecked, and no test only by chance. */
function isSound(step: StepRun | undefined): boolean {
  const { outcome, notChecked = [], tests } = step ?? {};
  return outcome === "passed" && notChecked.length === 0 && (tests?.flaky ?? []).length === 0;
}

function chainsOf(stage: Stage, scope: Scope): readonly Chain[] {
  if (scope.request.plan.trigger.fork) return [];
  return receiptChains(stage, (name) => scope.secrets.has(name));
}

function requestOf(stage: Stage, { step, before }: Chain, scope: Scope): ReceiptRequest {
  const steps = [...before, step];
  const names = new Set(steps.map(({ toolchain }) => toolchain));
  const toolchains = Object.entries(scope.request.plan.toolchains);
  return {
    inputs: {
      stage: stage.id,
      steps,
      toolchains: Object.fromEntries(toolchains.filter(([name]) => names.has(name))),
    },
    files: filesOf(stage, step),
  };
}

function filesOf(stage: Stage, step: ExecStep): string[] {
  const own = artifactsPath(stage.id, step.id);
  const left = step.leaves.map(({ artifact }) => `artifacts/${artifact}`);
  return [logPath(stage.id, step.id), own, ...left.filter((path) => !path.startsWith(`${own}/`))];
}
