import { join } from "node:path";
import { describeProblem, type Problem } from "../../errors/problem.ts";
import type { Outcome, Run, StageRun, StepRun } from "../../execute/run.ts";
import { exitCodeOf, verdictOf } from "../../execute/verdict.ts";
import { makeGantryFolder } from "../../host/gantry-folder.ts";
import type { StepReport } from "../../release/publish/run-steps.ts";
import type { Terminal } from "../main.ts";
import type { Project } from "../project.ts";
import { connectTo } from "../release/connect.ts";
import { openRelease } from "../release/open.ts";
import { publishAll } from "../release/publish.ts";
import type { Published } from "../release/show.ts";
import type { DeployOptions } from "./options.ts";

export interface ReleaseRequest {
  readonly run: Run;
  /** The run's folder, whose state.json becomes an asset. */
  readonly folder: string;
  readonly project: Project;
  readonly options: DeployOptions;
  readonly terminal: Terminal;
}

/** Releases what was just deployed and proven, where the plan says so; one more stage of the run. */
export async function releaseAfter(request: ReleaseRequest): Promise<Run> {
  const { run } = request;
  const planned = run.plan.stages.find(({ id }) => id === "create-release");
  if (!planned?.run || run.deployment?.verdict !== "live") return run;
  const begun = performance.now();
  const steps = await releaseSteps(request);
  const stage: StageRun = {
    id: planned.id,
    outcome: worstOf(steps),
    blocking: planned.blocking,
    reason: planned.reason,
    startedAt: run.seconds,
    seconds: (performance.now() - begun) / 1000,
    findings: [],
    notChecked: [],
    steps,
  };
  const stages = run.stages.map((one) => (one.id === stage.id ? stage : one));
  const verdict = verdictOf(stages, false);
  return {
    ...run,
    stages,
    verdict,
    exit: exitCodeOf(verdict),
    seconds: run.seconds + stage.seconds,
  };
}

async function releaseSteps(request: ReleaseRequest): Promise<StepRun[]> {
  const { project, options, terminal, folder } = request;
  const asked = { ...options, C: project.source.root, branch: project.plan.trigger.branch };
  const open = await openRelease(asked, terminal);
  if (!open.ok) return [stepOfProblems(open.problems)];
  // Without a place on GitHub the release is kept here, as the deployment is.
  const local =
    request.run.deployment?.provider === "local" && !connectTo(open.value, terminal.env).ok;
  const place = local ? join(await makeGantryFolder(project.source.root), "releases") : undefined;
  const withState = { ...asked, state: join(folder, "state.json") };
  const published = await publishAll(open.value, withState, terminal, place);
  return published.ok ? published.value.flatMap(stepsOf) : [stepOfProblems(published.problems)];
}

function stepsOf({ plan, steps }: Published): StepRun[] {
  if (plan.version === null) {
    return [stepRun({ id: "release", title: `nothing to release: ${plan.reason}` }, "passed")];
  }
  return steps.map((step) =>
    stepRun({ id: `${plan.tag}/${step.id}`, title: step.title }, outcomeOf(step), explain(step)),
  );
}

const outcomes: Readonly<Record<StepReport["outcome"], Outcome>> = {
  there: "passed",
  made: "passed",
  warned: "passed",
  blocked: "failed",
  failed: "error",
  waiting: "skipped",
};

function outcomeOf({ outcome }: StepReport): Outcome {
  return outcomes[outcome];
}

function explain({ problem, note }: StepReport): StepRun["explanation"] {
  if (problem) return { message: problem.message, mend: problem.mend };
  return note === undefined ? undefined : { message: note };
}

function stepOfProblems(problems: readonly Problem[]): StepRun {
  const message = problems.map(describeProblem).join("; ");
  return stepRun({ id: "release", title: "release" }, "error", { message });
}

function stepRun(
  { id, title }: { readonly id: string; readonly title: string },
  outcome: Outcome,
  explanation?: StepRun["explanation"],
): StepRun {
  return {
    id,
    title,
    kind: "procedure",
    outcome,
    blocking: true,
    seconds: 0,
    findings: [],
    ...(explanation && outcome !== "passed" && { explanation }),
  };
}

function worstOf(steps: readonly StepRun[]): Outcome {
  const order: readonly Outcome[] = ["failed", "error", "skipped"];
  return order.find((outcome) => steps.some((step) => step.outcome === outcome)) ?? "passed";
}
