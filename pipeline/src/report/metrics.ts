import type { Run, StageRun } from "../execute/run.ts";
import { mergeCoverage } from "../results/cobertura.ts";

/** `metrics.txt`: what was measured as `key=value`, one a line; nothing that was not. */
export function metricsText(run: Run): string {
  const metrics: Record<string, number | undefined> = {
    build_duration_seconds: run.seconds,
    ...testMetrics(run.stages),
    deployment_timestamp: secondsSince1970(run.deployment?.liveAt),
    deployment_duration_seconds: run.deployment?.seconds,
    ...stageMetrics(run.stages),
    ...measured(run.stages),
  };
  return Object.entries(metrics)
    .filter(([, value]) => value !== undefined && Number.isFinite(value))
    .map(([key, value]) => `${key}=${rounded(value as number)}\n`)
    .join("");
}

function secondsSince1970(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time) / 1000;
}

function testMetrics(stages: readonly StageRun[]): Record<string, number | undefined> {
  const tested = stages.filter((stage) => stage.tests !== undefined);
  const sum = (key: "passed" | "failed" | "skipped"): number | undefined =>
    tested.length === 0
      ? undefined
      : tested.reduce((total, stage) => total + (stage.tests?.[key] ?? 0), 0);
  const [passed, failed] = [sum("passed"), sum("failed")];
  const decided = (passed ?? 0) + (failed ?? 0);
  return {
    test_coverage_percent: mergeCoverage(stages.flatMap((stage) => stage.coverage ?? []))?.percent,
    test_duration_seconds: spanOf(tested),
    test_success_percent: decided === 0 ? undefined : (100 * (passed ?? 0)) / decided,
    tests_passed: passed,
    tests_failed: failed,
    tests_skipped: sum("skipped"),
  };
}

/** From the first start to the last end: stages run side by side. */
function spanOf(stages: readonly StageRun[]): number | undefined {
  const timed = stages.filter((stage) => stage.startedAt !== undefined);
  if (timed.length === 0) return undefined;
  const start = Math.min(...timed.map((stage) => stage.startedAt ?? 0));
  return Math.max(...timed.map((stage) => (stage.startedAt ?? 0) + stage.seconds)) - start;
}

function stageMetrics(stages: readonly StageRun[]): Record<string, number> {
  return Object.fromEntries(
    stages
      .filter((stage) => stage.outcome !== "skipped" && stage.startedAt !== undefined)
      .map((stage) => [`stage_${keyOf(stage.id)}_seconds`, stage.seconds]),
  );
}

/** Numbers that steps measured themselves: an image's size, a start-up time. */
function measured(stages: readonly StageRun[]): Record<string, number> {
  const pairs = stages.flatMap((stage) =>
    stage.steps.flatMap((step) =>
      Object.entries(step.measures ?? {}).flatMap(([key, value]) =>
        typeof value === "number" ? [[keyOf(`${stage.id}_${key}`), value] as const] : [],
      ),
    ),
  );
  return Object.fromEntries(pairs);
}

function keyOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

/** At most one digit after the point, rounded down: 69.96 % must not read as 70. */
function rounded(value: number): string {
  return String(Math.floor(value * 10 + 1e-6) / 10);
}
