import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJunit } from "./junit.ts";
import type { PlaceOptions } from "./place.ts";

function read(text: string, options?: PlaceOptions) {
  const result = parseJunit(text, options);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const pytest = (cases: string) =>
  `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="3" failures="8" tests="15" time="0.2">${cases}</testsuite></testsuites>`;

describe("pytest's report", () => {
  it.each([
    {
      what: "an assertion",
      test: `<testcase classname="tests.unit.test_x" name="test_bad" time="0.002"><failure message="AssertionError: should be five&#10;  second line&#10;assert 4 == 5">def test_bad():
&gt;       assert add(1, 2) == 5
E       AssertionError: should be five

tests/unit/test_x.py:8: AssertionError</failure></testcase>`,
      expected: {
        name: "test_bad",
        file: "tests/unit/test_x.py",
        line: 8,
        message: "AssertionError: should be five",
      },
    },
    {
      what: "a class and a parameter",
      test: `<testcase classname="tests.unit.test_x.TestThing" name="test_param[&lt;b&gt;]" time="0.002"><failure message="AssertionError: assert '&lt;b&gt;' == 'q'&#10;">tests/unit/test_x.py:39: AssertionError</failure></testcase>`,
      expected: {
        name: "test_param[<b>]",
        suite: "TestThing",
        file: "tests/unit/test_x.py",
        line: 39,
        message: "AssertionError: assert '<b>' == 'q'",
      },
    },
    {
      what: "a helper: the frame in the test's file that is nearest to the failure",
      test: `<testcase classname="tests.unit.test_x" name="test_helper" time="0.001"><failure message="KeyError: 'missing'">tests/unit/test_x.py:26: 
_ _ _ _

tests/unit/test_x.py:28: 
_ _ _

src/app/core.py:3: KeyError</failure></testcase>`,
      expected: { name: "test_helper", file: "tests/unit/test_x.py", line: 28 },
    },
    {
      what: "a broken fixture: the test keeps its file, the message says where",
      test: `<testcase classname="tests.unit.test_x" name="test_setup" time="0.001"><error message="failed on setup with &quot;RuntimeError: no database&quot;">&gt;       raise RuntimeError("no database")
E       RuntimeError: no database

tests/conftest.py:12: RuntimeError</error></testcase>`,
      expected: {
        name: "test_setup",
        file: "tests/unit/test_x.py",
        message: 'failed on setup with "RuntimeError: no database" (at tests/conftest.py:12)',
      },
    },
    {
      what: "a module that cannot be collected",
      test: `<testcase classname="" name="tests.unit.test_collect" time="0.000"><error message="collection failure">ImportError while importing test module '/tmp/p/tests/unit/test_collect.py'.
Traceback:
/root/.pyenv/versions/3.11.7/lib/python3.11/importlib/__init__.py:126: in import_module
tests/unit/test_collect.py:1: in &lt;module&gt;
    import nonexistent_module
E   ModuleNotFoundError: No module named 'nonexistent_module'</error></testcase>`,
      expected: {
        name: "tests/unit/test_collect.py",
        file: "tests/unit/test_collect.py",
        line: 1,
        message: "ModuleNotFoundError: No module named 'nonexistent_module'",
      },
    },
    {
      what: "the old family, which counts lines from 0",
      test: `<testcase classname="tests.test_x" name="test_xp" file="tests/test_x.py" line="33" time="0"><failure message="[XPASS(strict)] ">[XPASS(strict)] </failure></testcase>`,
      expected: { file: "tests/test_x.py", line: 34, message: "[XPASS(strict)]" },
    },
  ])("shows $what", ({ test, expected }) => {
    const tests = read(pytest(test));
    expect(tests.failed).toBe(1);
    expect(tests.failures[0]).toMatchObject(expected);
  });

  it("counts a test that ran several times once; green at last is flaky", () => {
    const once = (name: string, inner = "") =>
      `<testcase classname="tests.test_x.TestA" name="${name}" time="0.5">${inner}</testcase>`;
    const failure = `<failure message="no">tests/test_x.py:3: AssertionError</failure>`;
    const tests = read(
      pytest(
        once("flaky") +
          once("flaky") +
          once("red") +
          once("red", failure) +
          once("both", failure) +
          once("both", `<error message="failed on teardown">x</error>`) +
          once("green"),
      ),
    );
    expect(tests).toMatchObject({ passed: 2, failed: 2, flaky: ["tests/test_x.py::TestA::flaky"] });
    expect(tests.slowest[0]?.seconds).toBe(1);
  });

  it("counts what was skipped and expected to fail as skipped", () => {
    const tests = read(
      pytest(
        `<testcase classname="t" name="a"><skipped type="pytest.skip" message="later">x</skipped></testcase>
         <testcase classname="t" name="b"><skipped type="pytest.xfail" message=""/></testcase>`,
      ),
    );
    expect(tests).toMatchObject({ passed: 0, failed: 0, skipped: 2 });
  });

  it("reads a report without a test", () => {
    expect(read(pytest(""))).toMatchObject({ passed: 0, failed: 0, skipped: 0 });
  });

  it("puts the component's folder before every file", () => {
    const tests = read(
      pytest(
        `<testcase classname="tests.test_x" name="a"><failure message="no">tests/test_x.py:3: E</failure></testcase>`,
      ),
      { directory: "backend" },
    );
    expect(tests.failures[0]).toMatchObject({ file: "backend/tests/test_x.py", line: 3 });
  });
});

describe("vitest's report", () => {
  it("takes the file from the suite and the place from the trace", () => {
    const tests = read(
      `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="7" failures="2" errors="0" time="0.01">
  <testsuite name="src/a.test.ts" tests="6" failures="2" errors="0" skipped="2" time="0.01">
    <testcase classname="src/a.test.ts" name="math &gt; adds" time="0.003149854"></testcase>
    <testcase classname="src/a.test.ts" name="math &gt; fails &lt;b&gt;" time="0.0076">
      <failure message="expected { a: 1 } to deeply equal { a: 2 }" type="AssertionError">
AssertionError: expected { a: 1 } to deeply equal { a: 2 }
 ❯ helper node_modules/x/index.js:1:1
 ❯ src/a.test.ts:5:46
      </failure>
    </testcase>
    <testcase classname="src/a.test.ts" name="math &gt; later" time="0"><skipped/></testcase>
  </testsuite>
</testsuites>`,
      { directory: "web" },
    );
    expect(tests).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [
        {
          name: "math > fails <b>",
          file: "web/src/a.test.ts",
          line: 5,
          message: "expected { a: 1 } to deeply equal { a: 2 }",
        },
      ],
      slowest: [{ name: "math > fails <b>" }, { name: "math > adds", seconds: 0.003149854 }],
    });
  });
});

describe("node:test's report", () => {
  it("goes down into nested suites", () => {
    const tests = read(
      `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testsuite name="math" tests="3" failures="2">
    <testcase name="adds" time="0.1" classname="math" file="/w/n.test.mjs"/>
    <testsuite name="in" tests="3">
      <testcase name="todo" time="0" classname="math.in" file="/w/n.test.mjs"><skipped type="todo" message="true"/></testcase>
      <testcase name="deep" time="0" classname="math.in" file="/w/n.test.mjs" failure="boom&#10;x">
        <failure type="testCodeFailure" message="boom&#10;x">
[Error [ERR_TEST_FAILURE]: boom
  cause: Error: boom
      at TestContext.&lt;anonymous> (file:///w/n.test.mjs:2:217)
      at Test.run (node:internal/test_runner/test:1402:25)
        </failure>
      </testcase>
    </testsuite>
  </testsuite>
  <testcase name="top" time="0" classname="test" file="/w/n.test.mjs"/>
  <!-- tests 6 -->
</testsuites>`,
      { strip: ["/w"] },
    );
    expect(tests).toMatchObject({
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: [{ name: "deep", suite: "math.in", file: "n.test.mjs", line: 2, message: "boom" }],
    });
  });
});

describe("jest-junit's and other reports", () => {
  it("shows what was expected and takes the place from the stack", () => {
    const tests = read(
      `<testsuites name="jest tests"><testsuite name="math" tests="1">
<testcase classname="math fails" name="math fails" time="0.003"><failure>Error: expect(received).toBe(expected) // Object.is equality

Expected: 4
Received: 3
    at Object.toBe (/w/src/math.test.js:2:118)
    at new Promise (&lt;anonymous&gt;)</failure></testcase></testsuite></testsuites>`,
      { strip: ["/w"] },
    );
    expect(tests.failures).toMatchObject([
      {
        name: "math fails",
        file: "src/math.test.js",
        line: 2,
        message: "expect(received).toBe(expected) · Expected: 4 · Received: 3",
      },
    ]);
    expect(tests.failures[0]).not.toHaveProperty("suite");
  });

  it("knows surefire's flaky elements, a suite's own error and gtest's states", () => {
    const tests = read(
      `<testsuite name="Suite">
         <testcase classname="S" name="a"><flakyFailure message="once"/></testcase>
         <testcase classname="S" name="b"><failure message="no"/><rerunFailure message="again"/></testcase>
         <testcase classname="S" name="c" status="notrun"/>
         <error message="the suite broke"/>
       </testsuite>`,
    );
    expect(tests).toMatchObject({ passed: 1, failed: 2, skipped: 1, flaky: ["S > a"] });
    expect(tests.failures.map(({ message }) => message)).toEqual(["no", "the suite broke"]);
  });

  it("keeps CDATA as it is written and takes colours out", () => {
    const [failure] = read(
      `<testsuite><testcase name="a"><failure><![CDATA[\u001b[31mError: a &lt; b\u001b[0m]]></failure></testcase></testsuite>`,
    ).failures;
    expect(failure).toMatchObject({ message: "Error: a &lt; b" });
  });

  it("cuts long traces and keeps few of very many failures", () => {
    const one = `<testcase classname="S" name="a"><failure message="no">${"x".repeat(20_000)}</failure></testcase>`;
    const tests = read(`<testsuite>${one.repeat(600)}</testsuite>`);
    expect(tests.failed).toBe(600);
    expect(tests.failures).toHaveLength(500);
    expect(tests.failures[0]?.details?.length).toBeLessThan(4100);
    expect(JSON.stringify(tests).length).toBeLessThan(600_000);
  });
});

describe("what is no report", () => {
  it.each([
    ["", "it is empty"],
    ["\u0000\u0001", "binary"],
    ["hello", "it is not XML"],
    ["<html><body/></html>", "its root is <html>"],
    ["<testsuites><testsuite>", "it is not valid XML"],
    ["<testsuite/><testsuite/>", "it is not valid XML"],
    [`<testsuite>${"<a>".repeat(5000)}`, "it is not valid XML"],
    ['<!DOCTYPE t [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><testsuite name="&b;"/>', "entities"],
    ["<testsuite><__proto__/></testsuite>", "it is not valid XML"],
    [`<testsuite>${"x".repeat(33 * 1024 * 1024)}</testsuite>`, "larger than 32 MB"],
  ])("is refused with a reason (%#)", (text, reason) => {
    const result = parseJunit(text);
    expect(result.ok ? "" : result.reason).toContain(reason);
    expect(result.ok ? 0 : result.reason.length).toBeLessThan(300);
  });

  it("never throws", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "<testsuites>",
        "</testsuites>",
        "<testcase name='a' time='x'>",
        "</testcase>",
        "<failure>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "&#xD800;",
        "&#99999999;",
        "constructor='1'",
        "<constructor/>",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(parseJunit(pieces.join(""))).toHaveProperty("ok");
        expect(parseJunit(`<testsuite>${pieces.join("")}</testsuite>`)).toHaveProperty("ok");
      }),
    );
  });
});
