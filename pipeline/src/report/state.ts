import type { Outcome, Run, RunDeployment, StageRun } from "../execute/run.ts";

/** The seed's `state.json`, to the letter; what Gantry adds stands under `gantry`. */
export interface State {
  readonly workflow_run_id: string;
  readonly commit_sha: string;
  readonly branch: string;
  readonly triggered_by: string;
  readonly timestamp: string;
  readonly jobs: Readonly<Record<string, JobState>>;
  readonly deployment?: DeploymentState;
  readonly gantry: GantryState;
}

export interface JobState {
  readonly status: "success" | "failure" | "skipped" | "cancelled";
  /** Whole seconds. */
  readonly duration: number;
  /** Percent, where it was measured. */
  readonly coverage?: number;
}

export interface DeploymentState {
  readonly environment: string;
  readonly url: string;
  /** With its `v`. */
  readonly version: string;
  readonly health_check: string;
}

interface GantryState {
  readonly version: string;
  readonly run: string;
  readonly verdict: Run["verdict"];
  readonly exit: number;
  readonly executor: Run["executor"];
  readonly duration: number;
  readonly released?: string;
  readonly url?: string;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

export interface StateExtra {
  /** The version that was released, with or without its `v`. */
  readonly version?: string | null | undefined;
}

/** What stands in `state.json`. */
export function stateJson(run: Run, extra: StateExtra = {}): State {
  const { trigger } = run.plan;
  return {
    workflow_run_id: run.id,
    commit_sha: trigger.commit,
    branch: trigger.branch,
    triggered_by: trigger.eventName,
    timestamp: run.startedAt.replace(/\.\d+(?=Z$)/, ""),
    jobs: Object.fromEntries(run.stages.map((stage) => [stage.id, jobOf(stage)])),
    ...(run.deployment && { deployment: deploymentOf(run.deployment, extra) }),
    gantry: gantryOf(run, withV(extra.version ?? undefined)),
  };
}

function deploymentOf(
  { environment, url, version, healthCheck }: RunDeployment,
  extra: StateExtra,
): DeploymentState {
  return {
    environment,
    url: url ?? "",
    version: withV(version ?? extra.version ?? undefined) ?? "",
    health_check: healthCheck,
  };
}

function jobOf(stage: StageRun): JobState {
  return {
    status: statusOf(stage),
    duration: Math.round(stage.seconds),
    ...(stage.coverage ? { coverage: Math.floor(stage.coverage.percent * 10 + 1e-9) / 10 } : {}),
  };
}

/** What is not known is never a success: it fails what it blocks, and else it was skipped. */
function statusOf({ outcome, blocking }: StageRun): JobState["status"] {
  if (outcome === "passed") return "success";
  if (outcome === "skipped" || outcome === "cancelled") return outcome;
  return outcome === "not-checked" && !blocking ? "skipped" : "failure";
}

function gantryOf(run: Run, released: string | undefined): GantryState {
  return {
    version: run.plan.gantry,
    run: run.id,
    verdict: run.verdict,
    exit: run.exit,
    executor: run.executor,
    duration: Math.round(run.seconds),
    ...(released === undefined ? {} : { released }),
    ...(run.url === undefined ? {} : { url: run.url }),
    outcomes: Object.fromEntries(run.stages.map((stage) => [stage.id, stage.outcome])),
  };
}

function withV(version: string | undefined): string | undefined {
  return version === undefined || version.startsWith("v") ? version : `v${version}`;
}
