import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJest } from "./jest.ts";

const trace =
  "Error: expect(received).toBe(expected) // Object.is equality\n\nExpected: 4\nReceived: 3\n" +
  "    at Object.toBe (/w/web/node_modules/expect/index.js:1:1)\n" +
  "    at Object.<anonymous> (/w/web/src/math.test.js:2:118)\n" +
  "    at run (/w/web/node_modules/jest-circus/build/x.js:789:3)";

const test = (title: string, rest: object) => ({
  ancestorTitles: ["math"],
  title,
  status: "passed",
  duration: 3,
  failureMessages: [],
  ...rest,
});

const results = {
  testResults: [
    {
      name: "/w/web/src/math.test.js",
      status: "failed",
      message: "",
      assertionResults: [
        test("adds", {}),
        test("fails", { status: "failed", failureMessages: [trace] }),
        test("later", { status: "pending", duration: null }),
        test("todo", { status: "todo" }),
        test("second time", { invocations: 2 }),
        test("retried", { failureMessages: ["AssertionError: once"], ancestorTitles: [] }),
      ],
    },
    {
      name: "/w/web/src/b.test.js",
      status: "failed",
      message:
        "  ● Test suite failed to run\n\n    Cannot find module './gone' from 'src/b.test.js'\n\n" +
        "      at Object.require (/w/web/src/b.test.js:1:1)\n",
      assertionResults: [],
    },
  ],
};

describe("parseJest", () => {
  it("reads outcomes, places, flaky tests and a file that could not be run", () => {
    expect(parseJest(JSON.stringify(results), { strip: ["/w"] })).toEqual({
      ok: true,
      value: {
        passed: 3,
        failed: 2,
        skipped: 2,
        failures: [
          {
            name: "fails",
            suite: "math",
            file: "web/src/math.test.js",
            line: 2,
            message: "expect(received).toBe(expected) · Expected: 4 · Received: 3",
            details: trace,
          },
          {
            name: "web/src/b.test.js",
            file: "web/src/b.test.js",
            line: 1,
            message: "Cannot find module './gone' from 'src/b.test.js'",
            details:
              "Cannot find module './gone' from 'src/b.test.js'\n\n" +
              "      at Object.require (/w/web/src/b.test.js:1:1)",
          },
        ],
        flaky: ["math > second time", "retried"],
        slowest: [
          "math > adds",
          "math > fails",
          "math > todo",
          "math > second time",
          "retried",
        ].map((name) => ({ name, seconds: 0.003 })),
      },
    });
  });

  it.each([
    ["", "empty"],
    ["{", "not valid JSON"],
    ["[]", "not jest's results"],
    ['{"testResults":[{"name":"a"}]}', "`testResults.0.status` is missing"],
  ])("refuses %j", (text, reason) => {
    const result = parseJest(text);
    expect(result.ok ? "" : result.reason).toContain(reason);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseJest(text)));
    fc.assert(fc.property(fc.json(), (text) => void parseJest(text)));
  });
});
