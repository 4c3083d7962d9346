import { describe, expect, it } from "vitest";
import { settleRetry, tally, testName } from "./tally.ts";

const failing = (name: string) => ({ name, seconds: 1, outcome: "failed", message: "no" }) as const;

describe("settleRetry", () => {
  const first = tally([failing("a"), failing("b"), { name: "c", seconds: 1, outcome: "passed" }]);

  it("calls flaky what passed the second time and keeps what failed again", () => {
    const again = tally([failing("a"), { name: "b", seconds: 1, outcome: "passed" }]);
    expect(settleRetry(first, again)).toMatchObject({
      passed: 2,
      failed: 1,
      failures: [{ name: "a" }],
      flaky: ["b"],
    });
  });

  it("changes nothing where the second time ran nothing", () => {
    expect(settleRetry(first, tally([]))).toEqual(first);
  });
});

describe("testName", () => {
  it.each([
    [{ name: "test_a", suite: "TestX", file: "t/test_a.py" }, "t/test_a.py::TestX::test_a"],
    [{ name: "test_a", file: "t/test_a.py" }, "t/test_a.py::test_a"],
    [{ name: "t/test_a.py", file: "t/test_a.py" }, "t/test_a.py"],
    [{ name: "adds", suite: "math", file: "a.test.ts" }, "math > adds"],
    [{ name: "math > adds", suite: "math" }, "math > adds"],
  ])("%j is %s", (test, expected) => {
    expect(testName(test)).toBe(expected);
  });
});
