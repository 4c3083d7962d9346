import type { ExecStep, Step } from "../plan/step.ts";
import { percent } from "../report/words.ts";
import type { AuditEnd } from "./audit/audit.ts";
import type { StepResult } from "./executor.ts";
import type { OwnLimit, ReadReports } from "./reports.ts";
import type { Coverage, Finding, StepRun } from "./run.ts";

export type Judgement = Pick<StepRun, "outcome" | "exit" | "explanation">;

export interface Evidence extends ReadReports {
  readonly findings: readonly Finding[];
  readonly ownLimit?: OwnLimit;
  /** Set where the step belongs to an audit, which no exit code decides. */
  readonly audit?: AuditEnd;
}

/** What a step's end means: its exit code and what it left are weighed, and the reason is said. */
export function judge(step: Step, result: StepResult, evidence: Evidence): Judgement {
  if (result.kind === "not-checked") {
    return { outcome: "not-checked", explanation: explain(result.reason, result.mend) };
  }
  if (result.kind === "world-failed") {
    return { outcome: "error", explanation: explain(result.reason, result.mend) };
  }
  if (evidence.audit) {
    const { outcome, explanation } = evidence.audit;
    return { exit: result.exit, outcome, ...(explanation && { explanation }) };
  }
  const unfetched = judgeFetch(step, result);
  if (unfetched) return { exit: result.exit, ...unfetched };
  const ended = judgeEnd(step, result);
  if (ended) return { exit: result.exit, ...ended };
  const judged = step.kind === "exec" ? judgeExec(step, result, evidence) : judgeExit(result);
  return { exit: result.exit, ...judged };
}

type Exited = Extract<StepResult, { kind: "exited" }>;

/** What could not be fetched says nothing of the code. */
function judgeFetch(step: Step, { exit, ended }: Exited): Judgement | undefined {
  if (step.kind !== "exec" || !step.fetches || exit === 0 || ended === "cancelled")
    return undefined;
  const { what, mend } = step.fetches;
  const how = ended === "timeout" ? `after ${step.timeoutSeconds} s` : `with ${exit}`;
  const message = `${what} cannot be had here: \`${step.argv.join(" ")}\` ended ${how}`;
  return { outcome: "not-checked", explanation: explain(message, mend) };
}

function judgeEnd(step: Step, { exit, ended }: Exited): Judgement | undefined {
  if (ended === "cancelled") return { outcome: "cancelled" };
  if (ended === "timeout") {
    return {
      outcome: "timed-out",
      explanation: explain(
        `still running after ${step.timeoutSeconds} s, and ended`,
        "find what hangs (the log's end shows how far it came), or give it a longer `timeout`",
      ),
    };
  }
  // 137 is SIGKILL from outside: on every common system, the memory killer.
  if (ended === "memory" || exit === 137) {
    return {
      outcome: "out-of-memory",
      explanation: explain(
        "killed from outside (exit 137), as a system does that runs out of memory",
        "let it use less memory, run fewer workers, or give the machine more",
      ),
    };
  }
  return undefined;
}

function judgeExit({ exit, message, mend }: Exited): Judgement {
  if (exit === 0) return { outcome: "passed" };
  return { outcome: "failed", ...(message && { explanation: explain(message, mend) }) };
}

const nothingCollected = 5;

function judgeExec(step: ExecStep, result: Exited, evidence: Evidence): Judgement {
  const { tests, coverage, problems } = evidence;
  const total = tests && tests.passed + tests.failed + tests.skipped;
  const isPytest = step.argv.some((word) => word === "pytest" || word === "py.test");
  if ((isPytest && result.exit === nothingCollected) || (step.tests && total === 0)) {
    return {
      outcome: "no-tests",
      explanation: explain(
        "the test command found no tests at all",
        "correct the path or the selection in `run`, or add tests",
      ),
    };
  }
  if (result.exit !== 0) return judgeRed(step, result, evidence);
  if (step.tests && tests && tests.failed > 0) {
    return {
      outcome: "failed",
      explanation: explain(`the command ended with 0, but ${tests.failed} of its tests failed`),
    };
  }
  const unread = step.tests ? problems[0] : undefined;
  if (unread) {
    return {
      outcome: "error",
      explanation: explain(
        unread,
        "let the command leave its report; its log may say why it did not",
      ),
    };
  }
  if (step.coverage?.minimum) return judgeCoverage(step.coverage.minimum, coverage);
  return { outcome: "passed" };
}

function judgeRed(
  step: ExecStep,
  result: Exited,
  { tests, coverage, ownLimit }: Evidence,
): Judgement {
  const testsPassed = tests && tests.failed === 0 && tests.passed > 0;
  if (testsPassed && ownLimit) return belowOwnLimit(ownLimit, coverage);
  if (result.message) return judgeExit(result);
  if (result.exit === 127 || result.exit === 126) {
    return {
      outcome: "failed",
      explanation: explain(
        `\`${step.argv[0]}\` was not found or cannot be run`,
        "correct the command, or add the tool to the component's dependencies",
      ),
    };
  }
  return { outcome: "failed" };
}

function judgeCoverage(minimum: number, coverage: Evidence["coverage"]): Judgement {
  if (!coverage) {
    return {
      outcome: "error",
      explanation: explain(
        "no coverage report was left, so the gate could not be asked",
        "let the tests measure coverage (pytest-cov, @vitest/coverage-v8), or set `coverage.minimum: 0`",
      ),
    };
  }
  return coverage.percent >= minimum ? { outcome: "passed" } : coverageBelow(minimum, coverage);
}

/** The tool said no: its limit counts as it measures, also where our sum comes out higher. */
function belowOwnLimit({ minimum, words }: OwnLimit, coverage: Evidence["coverage"]): Judgement {
  if (coverage && coverage.percent < minimum) return coverageBelow(minimum, coverage);
  return { outcome: "coverage-below", explanation: explain(words, "test what is missing") };
}

function coverageBelow(minimum: number, coverage: Coverage): Judgement {
  const { lines, branches } = coverage;
  const all = lines.total + branches.total;
  const lack = Math.max(1, Math.ceil((minimum / 100) * all) - lines.covered - branches.covered);
  const where = coverage.missing
    .slice(0, 3)
    .map(({ file, lines: missing }) => `${file} (${missing.length})`)
    .join(", ");
  return {
    outcome: "coverage-below",
    explanation: explain(
      `${percent(coverage.percent)} is covered, ${percent(minimum)} is asked for: ${lack} more ${branches.total > 0 ? "lines or branches" : "lines"}`,
      where ? `test what is missing, most of it in ${where}` : "test what is missing",
    ),
  };
}

function explain(message: string, mend?: string): NonNullable<Judgement["explanation"]> {
  return { message, ...(mend && { mend }) };
}
