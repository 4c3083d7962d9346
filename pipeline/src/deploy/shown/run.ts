import type { Outcome, RunDeployment, StageRun, StepRun } from "../../execute/run.ts";
import type { Stage } from "../../plan/plan.ts";
import type { Ended } from "../procedure/end.ts";
import { meanings, type Verdict } from "../verdict.ts";

export interface ActRequest {
  readonly end: Ended;
  readonly kind: RunDeployment["kind"];
  readonly environment: string;
  readonly provider: string;
  readonly commit: string;
  readonly tag: string | undefined;
  readonly seconds: number;
}

/** What a deploy came to, as the run tells it. */
export function runDeployment(request: ActRequest): RunDeployment {
  const { end, kind, environment, provider, commit, tag, seconds } = request;
  const proven = end.attempt?.attempt.entries.find(({ event }) => event === "proven");
  return {
    environment,
    kind,
    provider,
    verdict: end.verdict,
    rollback: end.rollback,
    healthCheck: healthOf(end),
    commit,
    ...(tag && { version: tag }),
    ...(end.url && { url: end.url }),
    ...(end.attempt && { key: end.attempt.attempt.opening.key }),
    ...(end.serving && {
      serving: {
        id: end.serving.id,
        ...(end.serving.commit && { commit: end.serving.commit }),
        ...(end.serving.tag && { version: end.serving.tag }),
      },
    }),
    ...(proven && { liveAt: proven.at }),
    seconds,
    why: [...end.why],
  };
}

/** Whether the new version was seen healthy, not what came of it in the end. */
function healthOf({ verdict, attempt }: Ended): RunDeployment["healthCheck"] {
  const events = attempt?.attempt.entries.map(({ event }) => event) ?? [];
  if (verdict === "live" || events.includes("healthy")) return "passed";
  return meanings[verdict].exit === 3 || verdict === "cancelled" ? "unknown" : "failed";
}

/** The deploy as a stage of the run, with the tests that were part of it. */
export function deployStageRun(
  stage: Pick<Stage, "id" | "blocking" | "reason">,
  deployment: RunDeployment,
  tests: readonly StepRun[],
): StageRun {
  const verdict = deployment.verdict as Verdict;
  const outcome = outcomeOf(verdict);
  const [first, ...more] = deployment.why.toReversed();
  const own: StepRun = {
    id: "deploy",
    title: `${deployment.kind} ${deployment.environment}`,
    kind: "procedure",
    outcome,
    blocking: true,
    startedAt: 0,
    seconds: deployment.seconds,
    log: `logs/${stage.id}/deploy.log`,
    findings: [],
    ...(outcome !== "passed" && {
      explanation: {
        message: `${verdict}: ${[first, ...more].filter(Boolean).join("; ") || meanings[verdict].means}`,
        mend: meanings[verdict].mend,
      },
    }),
  };
  return {
    id: stage.id,
    outcome,
    blocking: stage.blocking,
    reason: stage.reason,
    startedAt: 0,
    seconds: deployment.seconds,
    findings: tests.flatMap(({ findings }) => findings),
    notChecked: [],
    ...countsOf(tests),
    steps: [own, ...tests],
  };
}

function outcomeOf(verdict: Verdict): Outcome {
  if (verdict === "timed-out") return "timed-out";
  if (verdict === "cancelled") return "cancelled";
  if (verdict === "unproven") return "not-checked";
  const { exit } = meanings[verdict];
  return exit === 0 ? "passed" : exit === 1 ? "failed" : "error";
}

function countsOf(steps: readonly StepRun[]): Pick<StageRun, "tests"> {
  const counts = steps.flatMap(({ tests }) => (tests ? [tests] : []));
  if (counts.length === 0) return {};
  const sum = (of: "passed" | "failed" | "skipped"): number =>
    counts.reduce((total, one) => total + one[of], 0);
  return { tests: { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") } };
}
