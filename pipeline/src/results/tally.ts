import type { TestFailure, Tests } from "../execute/run.ts";
import { cutEnd, cutMiddle } from "./text.ts";

/** One test as a report shows it, whatever the tool. */
export interface TestCase {
  readonly name: string;
  readonly suite?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly seconds: number;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly message?: string | undefined;
  readonly details?: string | undefined;
  /** What tells it from every other test of its report, where its name and file do not. */
  readonly identity?: string;
  /** Whether it failed first and passed when it was run again. */
  readonly flaky?: boolean;
}

const maximumFailures = 500;
const maximumDetails = 4000;
const maximumAllDetails = 400_000;
const maximumSlowest = 10;
const maximumFlaky = 200;

/** Counts tests and keeps what a person wants to see of them, bounded in size. */
export function tally(cases: readonly TestCase[]): Tests {
  return {
    passed: count(cases, "passed"),
    failed: count(cases, "failed"),
    skipped: count(cases, "skipped"),
    failures: failuresOf(cases),
    flaky: cases
      .filter((test) => test.flaky)
      .slice(0, maximumFlaky)
      .map(testName),
    slowest: cases
      .filter((test) => test.seconds > 0)
      .toSorted((a, b) => b.seconds - a.seconds)
      .slice(0, maximumSlowest)
      .map((test) => ({ name: testName(test), seconds: test.seconds })),
  };
}

/**
 * What stands after the failed tests were run again: those that then passed are flaky, the others
 * keep the failure of the second time.
 */
export function settleRetry(first: Tests, again: Tests): Tests {
  if (again.passed + again.failed === 0) return first;
  const failedAgain = new Set(again.failures.map(testName));
  const flaky = first.failures.map(testName).filter((name) => !failedAgain.has(name));
  const settled = Math.max(0, first.failed - again.failed);
  return {
    ...first,
    passed: first.passed + settled,
    failed: first.failed - settled,
    failures: again.failures,
    flaky: [...new Set([...first.flaky, ...again.flaky, ...flaky])],
  };
}

/** A test's name as its own tool writes it: pytest's node id, or `suite > name`. */
export function testName(test: Pick<TestFailure, "name" | "suite" | "file"> | TestCase): string {
  const { name, suite, file } = test;
  if (name === file) return file;
  if (file?.endsWith(".py")) return [file, suite, name].filter(Boolean).join("::");
  return suite && !name.startsWith(suite) ? `${suite} > ${name}` : name;
}

function count(cases: readonly TestCase[], outcome: TestCase["outcome"]): number {
  return cases.filter((test) => test.outcome === outcome).length;
}

function failuresOf(cases: readonly TestCase[]): TestFailure[] {
  let room = maximumAllDetails;
  return cases
    .filter((test) => test.outcome === "failed")
    .slice(0, maximumFailures)
    .map((test) => {
      const details = cutMiddle(test.details ?? "", Math.min(maximumDetails, room));
      room = Math.max(0, room - details.length);
      return failureOf(test, room > 0 ? details : "");
    });
}

function failureOf(test: TestCase, details: string): TestFailure {
  return {
    name: cutEnd(test.name, 500),
    ...(test.suite ? { suite: cutEnd(test.suite, 500) } : {}),
    ...(test.file ? { file: test.file } : {}),
    ...(test.line === undefined ? {} : { line: test.line }),
    message: test.message || "failed without a message",
    ...(details ? { details } : {}),
  };
}
