import type {
  Coverage,
  Finding,
  Outcome,
  Run,
  StageRun,
  StepRun,
  TestFailure,
  Tests,
} from "../../src/execute/run.ts";
import type { Plan, StageId, Trigger } from "../../src/plan/plan.ts";
import { plannedStages } from "./plan.ts";

/** Sample runs that tests of several rooms share; everything can be overridden. */

export function greenRun(overrides: Partial<Run> = {}): Run {
  return sampleRun({
    stages: [codeQuality(), unitTests(), integrationTests(), ...skippedStages()],
    ...overrides,
  });
}

/** Lint findings, failing tests, low coverage, a non-blocking failure and a stage held back. */
export function redRun(overrides: Partial<Run> = {}): Run {
  return sampleRun({
    verdict: "failed",
    exit: 1,
    seconds: 96.4,
    stages: [
      redCodeQuality(),
      redUnitTests(),
      redIntegrationTests(),
      stageRun("smoke-tests", { outcome: "skipped", reason: "unit-tests did not pass" }),
      ...skippedStages(),
    ],
    warnings: ["coverage of frontend has no minimum; it is only shown"],
    ...overrides,
  });
}

export function cancelledRun(overrides: Partial<Run> = {}): Run {
  return sampleRun({
    verdict: "cancelled",
    exit: 130,
    seconds: 14.2,
    stages: [
      codeQuality(),
      stageRun("unit-tests", {
        outcome: "cancelled",
        startedAt: 9.1,
        seconds: 5.1,
        steps: [
          stepRun("backend/test", {
            outcome: "cancelled",
            startedAt: 9.1,
            seconds: 5.1,
            tail: "tests/unit/test_memory.py ....\n",
            explanation: { message: "Ended by SIGINT." },
          }),
        ],
      }),
      stageRun("smoke-tests", { outcome: "cancelled", reason: "the run was cancelled" }),
      ...skippedStages(),
    ],
    ...overrides,
  });
}

/** Something that blocks could not be checked here. */
export function unknownRun(overrides: Partial<Run> = {}): Run {
  const reason = "there is no Docker on this machine";
  return sampleRun({
    verdict: "unknown",
    exit: 3,
    stages: [
      codeQuality(),
      unitTests(),
      stageRun("smoke-tests", {
        outcome: "not-checked",
        reason,
        steps: [
          stepRun("image", {
            kind: "build-image",
            outcome: "not-checked",
            seconds: 0,
            explanation: { message: reason, mend: "install Docker, or run with `--on dagger`" },
          }),
        ],
      }),
      ...skippedStages(),
    ],
    ...overrides,
  });
}

/** As large as a run gets: for bounds and times. */
export function hugeRun({ tests = 10_000, findings = 1000 } = {}): Run {
  const failed = Math.floor(tests / 20);
  const many: Tests = {
    passed: tests - failed,
    failed,
    skipped: 0,
    failures: Array.from({ length: failed }, (_, n) => failure(n)),
    flaky: Array.from({ length: 200 }, (_, n) => `tests/unit/test_${n}.py::test_flaky`),
    slowest: Array.from({ length: 10 }, (_, n) => ({ name: `test_${n}`, seconds: 10 - n })),
  };
  const found = Array.from({ length: findings }, (_, n) => finding({ line: n + 1 }));
  return redRun({
    stages: [
      stageRun("code-quality", {
        outcome: "failed",
        findings: found,
        steps: [stepRun("backend/lint", { outcome: "failed", exit: 1, findings: found })],
      }),
      stageRun("unit-tests", {
        outcome: "failed",
        tests: { passed: many.passed, failed, skipped: 0 },
        steps: [stepRun("backend/test", { outcome: "failed", exit: 1, tests: many })],
      }),
    ],
  });
}

/** A pull request by somebody who means harm: every text that comes from outside is hostile. */
export function hostileRun(text: string): Run {
  const run = redRun();
  return {
    ...run,
    warnings: [text],
    plan: { ...run.plan, name: text, trigger: { ...run.plan.trigger, branch: text, actor: text } },
    stages: [
      stageRun("unit-tests", {
        outcome: "failed",
        reason: text,
        notChecked: [text],
        findings: [finding({ file: text, message: text, rule: text })],
        tests: { passed: 0, failed: 1, skipped: 0 },
        steps: [
          stepRun("backend/test", {
            title: text,
            component: text,
            outcome: "failed",
            command: text,
            tail: text,
            log: `logs/${text}.log`,
            explanation: { message: text, mend: text },
            findings: [finding({ file: text, message: text, rule: text })],
            tests: {
              ...noTests(),
              failed: 1,
              failures: [{ name: text, suite: text, file: text, message: text, details: text }],
              flaky: [text],
              slowest: [{ name: text, seconds: 1 }],
            },
            coverage: coverage({ missing: [{ file: text, lines: [1], total: 2 }] }),
          }),
        ],
      }),
    ],
  };
}

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

function noTests(): Tests {
  return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [], slowest: [] };
}

function codeQuality(): StageRun {
  return stageRun("code-quality", {
    reason: "runs on every pull request to develop",
    startedAt: 0.2,
    seconds: 8.4,
    steps: [
      stepRun("backend/install", {
        component: "backend",
        startedAt: 0.2,
        seconds: 3.1,
        reused: true,
      }),
      stepRun("backend/lint", {
        component: "backend",
        title: "ruff check .",
        command: "ruff check .",
        startedAt: 3.3,
        seconds: 0.4,
        log: "logs/code-quality/backend/lint.log",
      }),
      stepRun("frontend/types", {
        component: "frontend",
        title: "tsc --noEmit",
        command: "tsc --noEmit",
        startedAt: 3.4,
        seconds: 5.2,
        log: "logs/code-quality/frontend/types.log",
      }),
    ],
  });
}

function unitTests(): StageRun {
  return stageRun("unit-tests", {
    startedAt: 8.7,
    seconds: 64.2,
    coverage: coverage(),
    tests: { passed: 318, failed: 0, skipped: 4 },
    steps: [
      stepRun("backend/test", {
        component: "backend",
        title: "pytest tests/unit",
        command: "pytest tests/unit -n auto",
        startedAt: 8.7,
        seconds: 64.2,
        log: "logs/unit-tests/backend/test.log",
        coverage: coverage(),
        tests: {
          ...noTests(),
          passed: 318,
          skipped: 4,
          flaky: ["tests/unit/test_voice.py::test_stream"],
          slowest: [
            { name: "tests/unit/test_voice.py::test_stream", seconds: 4.21 },
            { name: "tests/unit/test_memory.py::TestRecall::test_many", seconds: 2.08 },
          ],
        },
      }),
    ],
  });
}

function integrationTests(): StageRun {
  return stageRun("integration-tests", {
    blocking: false,
    startedAt: 8.8,
    seconds: 41.7,
    tests: { passed: 27, failed: 0, skipped: 0 },
    steps: [
      stepRun("backend/integration", {
        component: "backend",
        blocking: false,
        startedAt: 8.8,
        seconds: 41.7,
        tests: { ...noTests(), passed: 27 },
      }),
    ],
  });
}

function redCodeQuality(): StageRun {
  const findings = [
    finding(),
    finding({ line: 41, column: 5, rule: "E722", message: "Do not use bare `except`" }),
    finding({
      file: "src/app/audio.py",
      line: 13,
      rule: "return-value",
      tool: "mypy",
      message: 'Incompatible return value type (got "int", expected "str")',
    }),
  ];
  return {
    ...codeQuality(),
    outcome: "failed",
    findings,
    steps: [
      ...codeQuality().steps.slice(0, 1),
      stepRun("backend/lint", {
        component: "backend",
        title: "ruff check .",
        outcome: "failed",
        exit: 1,
        command: "ruff check .",
        startedAt: 3.3,
        seconds: 0.4,
        log: "logs/code-quality/backend/lint.log",
        tail: "Found 2 errors.\n",
        findings: findings.slice(0, 2),
      }),
      stepRun("backend/types", {
        component: "backend",
        title: "mypy src",
        outcome: "failed",
        exit: 1,
        command: "mypy src",
        startedAt: 3.3,
        seconds: 5.3,
        log: "logs/code-quality/backend/types.log",
        findings: findings.slice(2),
      }),
    ],
  };
}

function redUnitTests(): StageRun {
  const below = coverage({ percent: 62.5, lines: { covered: 660, total: 1040 } });
  const tests: Tests = {
    passed: 314,
    failed: 2,
    skipped: 4,
    failures: [
      {
        name: "test_recall",
        suite: "TestMemory",
        file: "tests/unit/test_memory.py",
        line: 88,
        message: "AssertionError: assert ['rose'] == ['rose', 'thorn']",
        details:
          "def test_recall(self):\n>   assert recall() == ['rose', 'thorn']\nE   AssertionError: assert ['rose'] == ['rose', 'thorn']\n\ntests/unit/test_memory.py:88: AssertionError",
      },
      {
        name: "test_overflow",
        file: "tests/unit/test_audio.py",
        line: 31,
        message: "IndexError: buffer index out of range",
        details: "tests/unit/test_audio.py:31: IndexError",
      },
    ],
    flaky: ["tests/unit/test_voice.py::test_stream"],
    slowest: [
      { name: "tests/unit/test_voice.py::test_stream", seconds: 4.21 },
      { name: "tests/unit/test_memory.py::TestMemory::test_recall", seconds: 1.2 },
    ],
  };
  return stageRun("unit-tests", {
    outcome: "failed",
    startedAt: 8.7,
    seconds: 64.2,
    coverage: below,
    tests: { passed: 314, failed: 2, skipped: 4 },
    steps: [
      stepRun("backend/test", {
        component: "backend",
        title: "pytest tests/unit",
        outcome: "failed",
        exit: 1,
        command: "pytest tests/unit -n auto",
        startedAt: 8.7,
        seconds: 64.2,
        log: "logs/unit-tests/backend/test.log",
        tail: "2 failed, 314 passed, 4 skipped in 63.90s\n",
        coverage: below,
        tests,
      }),
      stepRun("frontend/test", {
        component: "frontend",
        title: "vitest run",
        outcome: "coverage-below",
        exit: 0,
        command: "vitest run --coverage",
        startedAt: 8.7,
        seconds: 12.3,
        log: "logs/unit-tests/frontend/test.log",
        coverage: coverage({
          percent: 58.1,
          lines: { covered: 120, total: 203 },
          branches: { covered: 20, total: 38 },
          missing: [{ file: "frontend/src/player.ts", lines: [4, 5, 6, 9], total: 40 }],
        }),
        tests: { ...noTests(), passed: 31 },
      }),
    ],
  });
}

function redIntegrationTests(): StageRun {
  return stageRun("integration-tests", {
    outcome: "timed-out",
    blocking: false,
    startedAt: 8.8,
    seconds: 30,
    steps: [
      stepRun("backend/integration", {
        component: "backend",
        title: "pytest tests/integration",
        outcome: "timed-out",
        blocking: false,
        command: "pytest tests/integration -m 'not slow'",
        startedAt: 8.8,
        seconds: 30,
        log: "logs/integration-tests/backend/integration.log",
        tail: "tests/integration/test_groq.py::test_answer \n",
        explanation: {
          message: "It ran longer than its limit of 30s.",
          mend: "raise `timeout` of the step, or find the test that hangs: the log's last line names it",
        },
      }),
    ],
  });
}

function skippedStages(): StageRun[] {
  const skipped = (id: StageId, reason: string): StageRun =>
    stageRun(id, { outcome: "skipped", reason });
  return [
    skipped("deploy-staging", "only on a push to develop"),
    skipped("deploy-production", "only on a push to main"),
    skipped("create-release", "only on a push to main"),
  ];
}

function failure(n: number): TestFailure {
  return {
    name: `test_${n}`,
    file: `tests/unit/test_${n % 100}.py`,
    line: n + 1,
    message: `AssertionError: assert ${n} == ${n + 1}`,
    details: `E   AssertionError: assert ${n} == ${n + 1}\n`.repeat(20),
  };
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
