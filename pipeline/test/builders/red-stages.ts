import type { StageRun, Tests } from "../../src/execute/run.ts";
import { coverage, finding, noTests, stageRun, stepRun } from "./run.ts";
import { codeQuality } from "./stages.ts";

/** The same stages where something is wrong in each. */

export function redCodeQuality(): StageRun {
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

export function redUnitTests(): StageRun {
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

export function redIntegrationTests(): StageRun {
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
