import { z } from "zod";
import {
  coverage,
  deployment,
  outcome,
  runVersion,
  testCounts,
  verdict,
} from "../../execute/run.ts";
import { eventKind, stageId } from "../../plan/plan.ts";
import { mergeCoverage } from "../../results/cobertura.ts";
import type { RunFact, StageFact } from "./facts.ts";

const seconds = z.number().nonnegative();

/** As much of a run as the dashboard needs: reading all of ten thousand would take minutes. */
const glimpse = z.object({
  verdict,
  startedAt: z.iso.datetime(),
  seconds,
  plan: z.object({
    trigger: z.object({ event: eventKind, branch: z.string(), commit: z.string() }),
    stages: z.array(z.object({ id: stageId, kind: z.enum(["check", "act"]) })),
    asked: z.array(z.string()).optional(),
  }),
  stages: z.array(
    z.object({
      id: stageId,
      outcome,
      startedAt: z.number().optional(),
      seconds,
      coverage: coverage.pick({ percent: true, lines: true, branches: true }).strip().optional(),
      tests: testCounts.optional(),
      steps: z.array(
        z.object({
          outcome,
          reused: z.boolean().optional(),
          tests: z.object({ flaky: z.array(z.string()) }).optional(),
        }),
      ),
    }),
  ),
  deployment: deployment.pick({ seconds: true }).strip().optional(),
});
type Glimpse = z.infer<typeof glimpse>;

/** A run's facts from its `run.json`, or in a few words why it cannot be used. */
export function runFact(
  json: unknown,
  id: string,
): { readonly ok: true; readonly fact: RunFact } | { readonly ok: false; readonly why: string } {
  if (json === undefined) return { ok: false, why: "no JSON: damaged, or only half written" };
  const version = (json as { version?: unknown } | null)?.version;
  if (version !== runVersion) return { ok: false, why: "of another version of Gantry" };
  const parsed = glimpse.safeParse(json);
  if (!parsed.success) return { ok: false, why: "no run: it lacks what every run has" };
  return { ok: true, fact: factOf(parsed.data, id) };
}

const mostFlaky = 100;
const longestName = 300;

function factOf({ plan, stages, deployment: deploy, ...run }: Glimpse, id: string): RunFact {
  const checks = new Set(plan.stages.flatMap((stage) => (stage.kind === "check" ? stage.id : [])));
  const flaky = stages.flatMap((stage) => stage.steps.flatMap((step) => step.tests?.flaky ?? []));
  const percent = mergeCoverage(
    stages.flatMap((stage) => (stage.coverage ? [{ ...stage.coverage, missing: [] }] : [])),
  )?.percent;
  return {
    id,
    at: Date.parse(run.startedAt),
    seconds: run.seconds,
    verdict: run.verdict,
    ...plan.trigger,
    checked: stages.some((stage) => checks.has(stage.id) && stage.outcome !== "skipped"),
    whole: plan.asked === undefined || plan.asked.length === 0,
    deploySeconds: deploy?.seconds ?? 0,
    stages: stages.filter((stage) => stage.outcome !== "skipped").map(stageFact),
    ...(percent !== undefined && { coverage: percent }),
    flaky: [...new Set(flaky)].slice(0, mostFlaky).map((name) => name.slice(0, longestName)),
  };
}

function stageFact(stage: Glimpse["stages"][number]): StageFact {
  const { id, outcome: came, startedAt, seconds: took, tests, steps } = stage;
  return {
    id,
    outcome: came,
    seconds: took,
    ...(startedAt !== undefined && { startedAt }),
    ...(tests && { tests: { passed: tests.passed, failed: tests.failed } }),
    reused: isReused(steps),
  };
}

/** Whether nothing of a stage ran; a step that was left out says nothing. */
function isReused(steps: Glimpse["stages"][number]["steps"]): boolean {
  const ran = steps.filter((step) => step.outcome !== "skipped");
  return ran.length > 0 && ran.every((step) => step.reused === true);
}
