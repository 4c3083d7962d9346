import type { StageRun } from "../../src/execute/run.ts";
import type { StageId } from "../../src/plan/plan.ts";
import { coverage, noTests, stageRun, stepRun } from "./run.ts";

/** Stages as a run has them where all is well. */

export function codeQuality(): StageRun {
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

export function unitTests(): StageRun {
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

export function integrationTests(): StageRun {
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

export function skippedStages(): StageRun[] {
  const skipped = (id: StageId, reason: string): StageRun =>
    stageRun(id, { outcome: "skipped", reason });
  return [
    skipped("deploy-staging", "only on a push to develop"),
    skipped("deploy-production", "only on a push to main"),
    skipped("create-release", "only on a push to main"),
  ];
}
