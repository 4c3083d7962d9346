import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";

/**
 * The last line of a test run says how many tests passed, failed and were skipped. Each skipped
 * test is named with its reason, said by `context.skip` or as `(needs …)` in a name; one without a
 * reason makes the run red, since nobody could tell it from a test that was forgotten.
 */
export class CountReporter implements Reporter {
  #filtered = false;

  onInit(vitest: Vitest): void {
    this.#filtered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally = tallyOf(modules);
    const unexplained = this.#filtered ? 0 : tally.skipped.filter(({ note }) => !note).length;
    const failed = tally.failed + unhandled.length + unexplained;
    for (const { name, note } of this.#filtered ? [] : tally.skipped) {
      console.log(`skipped: ${name}: ${note ?? "without a reason, which counts as a failure"}`);
    }
    if (failed > 0) process.exitCode = 1;
    const skipped = tally.skipped.length - unexplained;
    console.log(`${tally.passed} passed, ${failed} failed, ${skipped} skipped`);
  }
}

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly note: string | undefined }[];
}

function tallyOf(modules: readonly TestModule[]): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const results = tests.map((test) => ({ test, result: test.result() }));
  // A file or a hook that broke takes its tests with it: they count as one failure, not as skips.
  const broken = modules.filter((module) => module.errors().length > 0);
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  const brokenSuites = suites.filter((suite) => suite.errors().length > 0);
  return {
    passed: results.filter(({ result }) => result.state === "passed").length,
    failed:
      results.filter(({ result }) => result.state === "failed" || result.state === "pending")
        .length +
      broken.length +
      brokenSuites.length,
    skipped: results.flatMap(({ test, result }) =>
      result.state === "skipped" && !broken.includes(test.module) && !isBelow(test, brokenSuites)
        ? [
            {
              name: `${test.module.relativeModuleId}: ${test.fullName}`,
              note: noteOf(test, result),
            },
          ]
        : [],
    ),
  };
}

/** What was said when it was skipped; else what its name, or its suite's, says that it needs. */
function noteOf({ fullName }: TestCase, { note }: { note?: string | undefined }) {
  const needed = /\(needs ([^)]+)\)/.exec(fullName)?.[1];
  return note ?? (needed && `${needed} is not here`);
}

function isBelow(test: TestCase, suites: readonly object[]): boolean {
  for (let at = test.parent; at.type === "suite"; at = at.parent) {
    if (suites.includes(at)) return true;
  }
  return false;
}
