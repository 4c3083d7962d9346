import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlaywright } from "./playwright.ts";

// Recorded with both versions on a page of our own; stacks, attachments and colours' places shortened.
const recorded = (version: string): string =>
  readFileSync(new URL(`../../test/corpora/playwright/${version}.json`, import.meta.url), "utf8");

const place = { files: ["web/package.json", "web/tests/page.spec.ts"], directory: "web" };

function testsIn(document: object) {
  const read = parsePlaywright(JSON.stringify(document), place);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

describe.each([
  ["1.50", "Error: Timed out 500ms waiting for expect(locator).toBeVisible()"],
  ["1.65", "expect(locator).toBeVisible() failed · Expected: visible"],
])("what Playwright %s leaves", (version, message) => {
  const read = parsePlaywright(recorded(version), place);

  it("is counted, and a test that passed when it was run again is flaky", () => {
    expect(read).toMatchObject({
      ok: true,
      value: { passed: 2, failed: 1, skipped: 1, flaky: ["the page > is there at last"] },
    });
  });

  it("says of a failure what was expected, and at which line of which file", () => {
    expect(read.ok && read.value.failures).toMatchObject([
      {
        name: "sells apples",
        suite: "the page",
        file: "web/tests/page.spec.ts",
        line: 10,
        message,
        details: expect.stringContaining('> 10 |     await expect(page.getByText("Apples"))'),
      },
    ]);
  });
});

describe("what Playwright leaves", () => {
  const config = { rootDir: "/runner/shop/web/tests" };

  it("tells a test of one browser from that of another", () => {
    const tests = ["chromium", "webkit"].map((projectName) => ({
      projectName,
      status: "unexpected",
      results: [{ duration: 1, errors: [{ message: "Error: no" }] }],
    }));
    const spec = { title: "pays", file: "page.spec.ts", line: 3, tests };
    const suites = [{ title: "page.spec.ts", file: "page.spec.ts", specs: [spec] }];
    expect(testsIn({ config, suites }).failures.map(({ name }) => name)).toEqual([
      "pays [chromium]",
      "pays [webkit]",
    ]);
  });

  it("counts a file that cannot be loaded as a failed test, at its line", () => {
    const error = {
      message: "SyntaxError: /runner/shop/web/tests/page.spec.ts: Unexpected token (2:0)",
      location: { file: "/runner/shop/web/tests/page.spec.ts", line: 2, column: 1 },
    };
    expect(testsIn({ config, suites: [], errors: [error] })).toMatchObject({
      failed: 1,
      failures: [{ name: "web/tests/page.spec.ts", file: "web/tests/page.spec.ts", line: 2 }],
    });
  });

  it("has no tests where none were found", () => {
    const errors = [{ message: "Error: No tests found" }];
    expect(testsIn({ config, suites: [], errors })).toMatchObject({ passed: 0, failed: 0 });
  });

  it.each(["", "{", "[]", '{"config":{}}'])("is unreadable as %j", (text) => {
    expect(parsePlaywright(text)).toMatchObject({ ok: false });
  });

  it("never throws, whatever was left", () => {
    fc.assert(fc.property(fc.json(), (text) => void parsePlaywright(text)));
  });
});
