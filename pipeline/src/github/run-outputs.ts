import type { Run } from "../execute/run.ts";
import type { StageId } from "../plan/plan.ts";
import { type GateRun, stageGate } from "./stage-gate.ts";

/** What later jobs are told of a run, each value in one line. */
export function runOutputs(run: Run): Readonly<Record<string, string>> {
  return {
    run: JSON.stringify(extractOf(run)),
    "deploy-staging": String(isDue(run, "deploy-staging")),
    "deploy-production": String(isDue(run, "deploy-production")),
    url: addressOf(run.deployment?.url),
  };
}

function extractOf({ plan, stages }: Run): GateRun {
  return {
    plan: { stages: plan.stages.map((stage) => ({ ...stage, steps: [] })) },
    stages: stages.map((stage) => ({ ...stage, steps: [], findings: [] })),
  };
}

/** Whether the plan deploys this very push, and everything that the deploy needs was green. */
function isDue(run: Run, stage: StageId): boolean {
  const planned = run.plan.stages.find(({ id }) => id === stage);
  if (!planned?.run || run.plan.trigger.event !== "push") return false;
  return planned.needs.every((need) => stageGate(run, need).green);
}

/** It may be the provider's word: as an address it can hold no line break. */
function addressOf(url: string | undefined): string {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : "";
}
