import { z } from "zod";
import type { StageRun } from "../execute/run.ts";
import { percent } from "./words.ts";

/** What the base covered, by stage, in percent. */
export interface BaseCoverage {
  readonly commit: string;
  readonly branch: string;
  readonly stages: Readonly<Record<string, number>>;
  /** The commit that would have been the better one, where nothing is known of it. */
  readonly insteadOf?: string;
}

/** Why there is nothing to compare with. */
export interface NotCompared {
  readonly unknown: string;
}

const measured = z.number().min(0).max(100);

/** Of a `run.json`, only what is read here: another version's run may stand in it. */
const runForm = z
  .object({
    plan: z.object({ trigger: z.object({ commit: z.string(), branch: z.string() }) }),
    stages: z.array(
      z.object({ id: z.string(), coverage: z.object({ percent: measured }).optional() }),
    ),
  })
  .transform(
    ({ plan, stages }): BaseCoverage => ({
      ...plan.trigger,
      stages: known(stages.map(({ id, coverage }) => [id, coverage?.percent])),
    }),
  );

const stateForm = z
  .object({
    commit_sha: z.string(),
    branch: z.string(),
    jobs: z.record(z.string(), z.object({ coverage: measured.optional() })),
  })
  .transform(
    ({ commit_sha, branch, jobs }): BaseCoverage => ({
      commit: commit_sha,
      branch,
      stages: known(Object.entries(jobs).map(([id, { coverage }]) => [id, coverage])),
    }),
  );

/** The base's coverage out of its `run.json` or `state.json`; nothing where it is neither. */
export function readBaseCoverage(json: unknown): BaseCoverage | undefined {
  return z.union([runForm, stateForm]).safeParse(json).data;
}

function known(
  entries: readonly (readonly [string, number | undefined])[],
): Record<string, number> {
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] != null));
}

/** `+0.3`, `−1.2`, `±0`, in the tenths that both numbers are shown in; nothing where one is missing. */
export function coverageChange(stage: StageRun, base: BaseCoverage | undefined): string {
  const before = base && Object.hasOwn(base.stages, stage.id) ? base.stages[stage.id] : undefined;
  if (before === undefined || !stage.coverage) return "";
  const tenths = Math.round((shown(stage.coverage.percent) - shown(before)) * 10);
  if (tenths === 0) return "±0";
  return `${tenths > 0 ? "+" : "−"}${Math.abs(tenths) / 10}`;
}

function shown(value: number): number {
  return Number.parseFloat(percent(value));
}
