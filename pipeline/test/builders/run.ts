import type {
  Coverage,
  Finding,
  Outcome,
  Run,
  RunDeployment,
  StageRun,
  StepRun,
  Tests,
} from "../../src/execute/run.ts";
import type { Plan, StageId, Trigger } from "../../src/plan/plan.ts";
import { plannedStages } from "./plan.ts";

/** The parts of a run; everything can be overridden. */

export function sampleRun(overrides: Partial<Run> = {}): Run {
  return {
    version: 1,
    id: "2026-11-23-0930-4f2a",
    verdict: "passed",
    exit: 0,
    executor: "host",
    startedAt: "2026-11-23T09:30:00Z",
    seconds: 74.8,
    plan: samplePlan(),
    tools: { uv: "0.9.2", python: "3.12.7", ruff: "0.14.1", mypy: "1.18.2", node: "24.21.0" },
    stages: [],
    warnings: [],
    ...overrides,
  };
}

export function sampleDeployment(overrides: Partial<RunDeployment> = {}): RunDeployment {
  return {
    environment: "production",
    kind: "deploy",
    provider: "railway",
    verdict: "live",
    rollback: "not-needed",
    healthCheck: "passed",
    commit: "4f2a91c07de55bd9a3b1f0c8e6d7a4b2c1908f7e",
    url: "https://rose.example",
    seconds: 94.5,
    why: [],
    ...overrides,
  };
}

export function samplePlan(overrides: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    gantry: "0.1.0",
    name: "rose",
    source: "b1946ac92492d2347c6235b4d2611184",
    origin: "inferred",
    trigger: sampleTrigger(),
    toolchains: {
      backend: { kind: "python", version: "3.12", tools: { uv: "0.9.2" } },
      frontend: { kind: "node", version: "24", tools: {} },
    },
    services: {},
    stages: plannedStages(),
    inferred: [
      { what: "a Python component `backend` with uv", from: "uv.lock, pyproject.toml" },
      { what: "a Node component `frontend` with npm", from: "frontend/package-lock.json" },
    ],
    warnings: [],
    ...overrides,
  };
}

export function sampleTrigger(overrides: Partial<Trigger> = {}): Trigger {
  return {
    event: "pull-request",
    branch: "feature/voice",
    base: "develop",
    commit: "4f2a91c07de55bd9a3b1f0c8e6d7a4b2c1908f7e",
    eventName: "pull_request",
    fork: false,
    actor: "ada",
    pullRequest: { number: 42, title: "feat: answer in a voice" },
    ...overrides,
  };
}

export function stageRun(id: StageId, overrides: Partial<StageRun> = {}): StageRun {
  return {
    id,
    outcome: "passed",
    blocking: true,
    reason: "runs on every pull request",
    seconds: 0,
    findings: [],
    notChecked: [],
    steps: [],
    ...overrides,
  };
}

export function stepRun(id: string, overrides: Partial<StepRun> = {}): StepRun {
  return {
    id,
    title: id,
    kind: "exec",
    outcome: "passed",
    blocking: true,
    seconds: 1,
    findings: [],
    ...overrides,
  };
}

export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    file: "src/app/core.py",
    line: 3,
    column: 8,
    rule: "F401",
    message: "`os` imported but unused",
    severity: "error",
    tool: "ruff",
    ...overrides,
  };
}

export function coverage(overrides: Partial<Coverage> = {}): Coverage {
  return {
    percent: 75.2,
    lines: { covered: 812, total: 1040 },
    branches: { covered: 128, total: 210 },
    minimum: 70,
    missing: [
      { file: "src/app/memory.py", lines: [12, 13, 14, 40, 61, 62, 63, 64, 65], total: 88 },
      { file: "src/app/audio.py", lines: [7, 8], total: 31 },
    ],
    ...overrides,
  };
}

export function noTests(): Tests {
  return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [], slowest: [] };
}

/** Every outcome there is, for tables. */
export const outcomes: readonly Outcome[] = [
  "passed",
  "failed",
  "coverage-below",
  "no-tests",
  "flaky",
  "timed-out",
  "out-of-memory",
  "not-checked",
  "skipped",
  "cancelled",
  "error",
];
