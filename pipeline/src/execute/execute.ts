import type { Plan, Stage, StageId } from "../plan/plan.ts";
import type { Listener } from "./events.ts";
import type { Executor } from "./executor.ts";
import type { Receipts } from "./receipts/receipt.ts";
import { createRedactor } from "./redact/redact.ts";
import { type Run, runVersion, type StageRun } from "./run.ts";
import { runStage } from "./run-stage.ts";
import { createScope, secretNames } from "./scope.ts";
import { createSlots } from "./slots.ts";
import { exitCodeOf, formalitiesOf, verdictOf } from "./verdict.ts";

export interface ExecuteRequest {
  readonly plan: Plan;
  readonly executor: Executor;
  /** The run's id, and when it began. */
  readonly id: string;
  readonly startedAt: string;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly listener: Listener;
  /** Aborted when a person or a signal ends the run. */
  readonly signal: AbortSignal;
  readonly endedBy?: () => "SIGINT" | "SIGTERM" | undefined;
  /** Looks a secret up by name; only steps that name it get it. */
  readonly secret: (name: string) => string | undefined;
  /** Keeps a step's log, already masked. */
  readonly log: (stage: string, step: string, text: string) => Promise<void>;
  /** The source's files, to tell a place in it from other text. */
  readonly files: readonly string[];
  /** Where results of earlier runs are kept; absent: everything is run. */
  readonly receipts?: Receipts;
  readonly url?: string;
  /** How long a step took in an earlier run, in seconds: of what is ready, the longest goes first. */
  readonly lastSeconds?: (stage: string, step: string) => number | undefined;
}

/**
 * Runs every check of a plan on an executor. Stages start as soon as what they need has passed;
 * all outcomes are kept, and a failing stage never costs the results of the others.
 */
export async function execute(request: ExecuteRequest): Promise<Run> {
  const { plan, executor } = request;
  const begun = request.now();
  const secrets = secretsOf(plan, request.secret);
  const scope = createScope({
    request,
    secrets,
    redactor: createRedactor([...secrets.values()]),
    slots: createSlots(executor.slots),
    elapsed: () => (request.now() - begun) / 1000,
  });
  scope.emit({ type: "run-started", plan, id: request.id });

  const running = new Map<StageId, Promise<StageRun>>();
  for (const [index, stage] of plan.stages.entries()) {
    const needs = stage.needs.flatMap((id) => running.get(id) ?? []);
    running.set(stage.id, startStage(stage, index, needs));
  }
  const stages = await Promise.all(running.values());

  const verdict = verdictOf(stages, request.signal.aborted, formalitiesOf(plan));
  const run: Run = {
    version: runVersion,
    id: request.id,
    verdict,
    exit: exitCodeOf(verdict, request.endedBy?.()),
    executor: executor.kind,
    startedAt: request.startedAt,
    seconds: scope.elapsed(),
    ...(request.url && { url: request.url }),
    plan,
    tools: { ...executor.tools() },
    stages,
    warnings: [...plan.warnings, ...scope.warnings],
  };
  scope.emit({ type: "run-ended", run });
  return run;

  async function startStage(
    stage: Stage,
    index: number,
    needs: readonly Promise<StageRun>[],
  ): Promise<StageRun> {
    const result =
      stage.kind === "act"
        ? skipped(stage, actReason(stage))
        : stage.run
          ? await runStage(stage, index, Promise.all(needs), scope)
          : skipped(stage, stage.reason);
    scope.emit({ type: "stage-ended", stage: result });
    return result;
  }
}

function actReason(stage: Stage): string {
  return stage.run
    ? "an act: takes its own word (`gantry deliver`), checks change nothing in the world"
    : stage.reason;
}

function skipped(stage: Stage, reason: string): StageRun {
  return {
    id: stage.id,
    outcome: "skipped",
    blocking: stage.blocking,
    reason,
    seconds: 0,
    findings: [],
    notChecked: [],
    steps: [],
  };
}

/** The values of all secrets that the plan names; a fork's code meets none. */
function secretsOf(
  plan: Plan,
  lookup: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const names = plan.stages.flatMap((stage) => stage.steps.flatMap(secretNames));
  const found = new Map<string, string>();
  if (plan.trigger.fork) return found;
  for (const name of new Set(names)) {
    const value = lookup(name);
    if (value !== undefined && value !== "") found.set(name, value);
  }
  return found;
}
