import type { Run, TestFailure, Tests } from "../../src/execute/run.ts";
import { redCodeQuality, redIntegrationTests, redUnitTests } from "./red-stages.ts";
import { coverage, finding, noTests, sampleRun, stageRun, stepRun } from "./run.ts";
import { codeQuality, integrationTests, skippedStages, unitTests } from "./stages.ts";

/** Whole runs that tests of several rooms share; everything can be overridden. */

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

function failure(n: number): TestFailure {
  return {
    name: `test_${n}`,
    file: `tests/unit/test_${n % 100}.py`,
    line: n + 1,
    message: `AssertionError: assert ${n} == ${n + 1}`,
    details: `E   AssertionError: assert ${n} == ${n + 1}\n`.repeat(20),
  };
}
