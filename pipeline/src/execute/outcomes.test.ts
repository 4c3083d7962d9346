import { describe, expect, test } from "vitest";
import {
  cobertura,
  coverageReport,
  type ExecuteOptions,
  executeStages,
  exited,
  junit,
  junitReport,
  type Script,
} from "../../test/builders/executor.ts";
import { planned, plannedStep } from "../../test/builders/plan.ts";
import type { Stage } from "../plan/plan.ts";
import type { ExecStep, Report } from "../plan/step.ts";
import type { StepContext, StepResult } from "./executor.ts";

const testing = {
  argv: ["pytest", "tests"] as ExecStep["argv"],
  tests: true,
  leaves: [junitReport, coverageReport],
} satisfies Partial<ExecStep>;

/** Runs one test step, gated at 70 %, to what became of it. */
async function outcomeOf(script: Script, step: Partial<ExecStep> = {}, more: ExecuteOptions = {}) {
  const gated = plannedStep("unit", { ...testing, coverage: { minimum: 70 }, ...step });
  const done = await executeStages([planned("unit-tests", { steps: [gated] })], {
    ...more,
    steps: { unit: script },
  });
  return { ...done.step("unit"), stage: done.stage("unit-tests"), run: done.run };
}

/** A command that says something and then ends. */
function saying(text: string, result: StepResult): Script {
  return async ({ output }: StepContext) => {
    await output(text);
    return result;
  };
}

const green = junit({ a: true, b: true });
const enough = cobertura(70, 100);

describe("the coverage gate", () => {
  test("enough is passed", async () => {
    const step = await outcomeOf(exited(0, { reports: [green, enough] }));
    expect(step).toMatchObject({ outcome: "passed", coverage: { percent: 70, minimum: 70 } });
  });

  test("69 % is an outcome of its own, with what is missing and where", async () => {
    const step = await outcomeOf(exited(0, { reports: [green, cobertura(69, 100)] }));
    expect(step).toMatchObject({ outcome: "coverage-below", exit: 0 });
    expect(step.explanation?.message).toBe("69% is covered, 70% is asked for: 1 more lines");
    expect(step.explanation?.mend).toContain("src/app.py (31)");
    expect(step.stage.outcome).toBe("coverage-below");
    expect(step.run).toMatchObject({ verdict: "failed", exit: 1 });
  });

  test("failing tests are named before missing coverage", async () => {
    const red = junit({ a: true, b: false });
    const step = await outcomeOf(exited(1, { reports: [red, cobertura(1, 100)] }));
    expect(step.outcome).toBe("failed");
  });

  const own = "Required test coverage of 80% not reached. Total coverage: 79.97%";

  test.each([
    ["with a report below it", [green, cobertura(60, 100)], "60% is covered, 80% is asked for"],
    ["with a report that we count higher", [green, cobertura(99, 100)], own],
    ["without a report, in the tool's words", [green], own],
  ])("a limit of the command's own: %s", async (_, reports, message) => {
    const step = await outcomeOf(saying(`FAIL ${own}\n`, exited(1, { reports })), {
      coverage: {},
    });
    expect(step.outcome).toBe("coverage-below");
    expect(step.explanation?.message).toContain(message);
  });

  test("without a report the gate cannot be asked: an error, not green", async () => {
    const lost = { report: coverageReport, problem: "was not left by the command" };
    const missing = await outcomeOf(exited(0, { reports: [green, lost] }));
    expect(missing.outcome).toBe("error");
    expect(missing.explanation?.message).toContain("was not left by the command");
    expect((await outcomeOf(exited(0, { reports: [green] }))).outcome).toBe("error");
    const broken = { report: coverageReport, text: "<coverage" };
    expect((await outcomeOf(exited(0, { reports: [green, broken] }))).outcome).toBe("error");
  });

  test.each([
    ["0", { minimum: 0 }],
    ["none", {}],
  ])("a gate of %s asks nothing, also where nothing was measured", async (_, coverage) => {
    const lost = { report: coverageReport, problem: "was not left by the command" };
    const step = await outcomeOf(exited(0, { reports: [green, lost] }), { coverage });
    expect(step.outcome).toBe("passed");
  });

  const two = (minimum: number): Stage =>
    planned("unit-tests", {
      coverage: { minimum },
      steps: ["api", "web"].map((id) => plannedStep(id, { ...testing, coverage: {} })),
    });

  test("the gate over all components counts their lines together", async () => {
    const steps = {
      api: exited(0, { reports: [green, cobertura(90, 100)] }),
      web: exited(0, { reports: [green, cobertura(10, 100, "web/app.ts")] }),
    };
    const below = await executeStages([two(51)], { steps });
    expect(below.stage("unit-tests")).toMatchObject({
      outcome: "coverage-below",
      reason: "50% over all is covered, 51% is asked for",
      coverage: { percent: 50, minimum: 51 },
    });
    expect(below.run.verdict).toBe("failed");
    expect((await executeStages([two(50)], { steps })).run.verdict).toBe("passed");
  });

  test("a gate over all components without any measure is no green", async () => {
    const reports = [green];
    const { run, stage } = await executeStages([two(50)], {
      steps: { api: exited(0, { reports }), web: exited(0, { reports }) },
    });
    expect(stage("unit-tests").outcome).toBe("error");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });
});

describe("tests", () => {
  test.each([
    ["pytest collects nothing", exited(5), {}],
    [
      "a report holds no test",
      exited(0, { reports: [junit({}), enough] }),
      { argv: ["npm", "test"] },
    ],
    [
      "a report holds no test and the command says so",
      exited(1, { reports: [junit({})] }),
      { argv: ["npm", "test"] },
    ],
  ])("%s: no-tests, red", async (_, result, step) => {
    const found = await outcomeOf(result, step as Partial<ExecStep>);
    expect(found.outcome).toBe("no-tests");
    expect(found.explanation?.mend).toBeTruthy();
    expect(found.run.exit).toBe(1);
  });

  test("exit 5 of another program is its own failure", async () => {
    const step = await outcomeOf(exited(5), { argv: ["make", "test"], tests: false, leaves: [] });
    expect(step.outcome).toBe("failed");
  });

  test("tests that failed are red, whatever the command ends with", async () => {
    const step = await outcomeOf(exited(0, { reports: [junit({ a: true, b: false }), enough] }));
    expect(step.outcome).toBe("failed");
    expect(step.explanation?.message).toContain("1 of its tests failed");
    expect(step.tests?.failures).toEqual([
      expect.objectContaining({ name: "b", message: "assert b" }),
    ]);
  });

  test.each([
    ["missing", { report: junitReport, problem: "was not left by the command" }],
    ["malformed", { report: junitReport, text: "<testsuites><testcase" }],
    ["not XML", { report: junitReport, text: "Segmentation fault" }],
    ["empty", { report: junitReport, text: "" }],
    ["too large", { report: junitReport, problem: "has 99999999999 bytes: too large to read" }],
  ])("a report that is %s is an error, not green", async (_, report) => {
    const step = await outcomeOf(exited(0, { reports: [report, enough] }));
    expect(step.outcome).toBe("error");
    expect(step.explanation?.message).toContain("the junit report");
    expect(step.run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("a red command without a report is red", async () => {
    const lost = { report: junitReport, problem: "was not left by the command" };
    expect((await outcomeOf(exited(2, { reports: [lost] }))).outcome).toBe("failed");
  });
});

describe("how a command ended", () => {
  test.each([
    [exited(0), "passed"],
    [exited(1), "failed"],
    [exited(127), "failed"],
    [exited(139), "failed"],
    [exited(137), "out-of-memory"],
    [exited(1, { ended: "memory" }), "out-of-memory"],
    [exited(143, { ended: "timeout" }), "timed-out"],
    [exited(0, { ended: "timeout" }), "timed-out"],
    [exited(137, { ended: "timeout" }), "timed-out"],
    [exited(130, { ended: "cancelled" }), "cancelled"],
    [exited(137, { ended: "cancelled" }), "cancelled"],
  ] as const)("%j is %s", async (result, outcome) => {
    const step = await outcomeOf(result, { tests: false, leaves: [], coverage: {} });
    expect(step.outcome).toBe(outcome);
    expect(step.exit).toBe(result.kind === "exited" ? result.exit : undefined);
  });

  test("a program that is not there is named, with a mend", async () => {
    const step = await outcomeOf(exited(127), { argv: ["rufff"], tests: false, leaves: [] });
    expect(step.explanation?.message).toContain("`rufff` was not found");
    expect(step.explanation?.mend).toBeTruthy();
  });

  test("what a step knows beyond its exit code is kept", async () => {
    const step = await outcomeOf(
      exited(1, { message: "status 500", mend: "see the log", measures: { startupSeconds: 2 } }),
      { tests: false, leaves: [] },
    );
    expect(step.explanation).toEqual({ message: "status 500", mend: "see the log" });
    expect(step.measures).toEqual({ startupSeconds: 2 });
  });
});

describe("what a step fetches", () => {
  const fetching = {
    ...plannedStep("fetch", { early: true, argv: ["playwright", "install"] }),
    fetches: { what: "a browser", mend: "let it reach the network" },
  };
  const suite = plannedStep("suite", { needs: ["fetch"] });
  const run = (fetch: StepResult) =>
    executeStages([planned("e2e-tests", { steps: [fetching, suite] })], { steps: { fetch } });

  test.each([
    ["with 1", exited(1)],
    ["after 600 s", exited(143, { ended: "timeout" })],
  ])("and cannot be had (%s) leaves the rest unchecked, and nothing red", async (how, end) => {
    const done = await run(end);
    expect(done.step("fetch")).toMatchObject({
      outcome: "not-checked",
      explanation: {
        message: `a browser cannot be had here: \`playwright install\` ended ${how}`,
        mend: "let it reach the network",
      },
    });
    expect(done.step("suite").outcome).toBe("skipped");
    expect(done.stage("e2e-tests").outcome).toBe("not-checked");
    expect(done.run.verdict).toBe("unknown");
  });

  test("lets the rest run where it is there", async () => {
    expect((await run(exited(0))).run.verdict).toBe("passed");
  });
});

describe("flaky tests", () => {
  const retry: NonNullable<ExecStep["retry"]> = {
    times: 1,
    argv: ["pytest", "--last-failed"],
    flaky: "warn",
  };
  const red = junit({ a: true, b: false, c: false });
  const attempts =
    (...results: StepResult[]): Script =>
    async ({ attempt }) =>
      results[attempt - 1] ?? exited(99);
  const first = exited(1, { reports: [red, enough] });
  const nowGreen = exited(0, {
    reports: [
      junit({ b: true, c: true }),
      { report: coverageReport, problem: "was not left by the command" },
    ],
  });

  test("that pass when run again are green, named, and warned of", async () => {
    const step = await outcomeOf(attempts(first, nowGreen), { retry });
    expect(step).toMatchObject({
      outcome: "passed",
      exit: 0,
      tests: { passed: 3, failed: 0, failures: [] },
      coverage: { percent: 70 },
    });
    expect(step.tests?.flaky).toEqual(
      ["tests/test_app.py::tests.test_app::b", "tests/test_app.py::tests.test_app::c"].map((name) =>
        expect.stringContaining(name.slice(-1)),
      ),
    );
    expect(step.run.warnings.join()).toMatch(/flaky: .*b.*, .*c failed and passed when run again/);
  });

  test("are red where the config says so", async () => {
    const step = await outcomeOf(attempts(first, nowGreen), { retry: { ...retry, flaky: "fail" } });
    expect(step.outcome).toBe("flaky");
    expect(step.explanation?.message).toContain("failed and passed when run again");
    expect(step.run).toMatchObject({ verdict: "failed", exit: 1 });
  });

  test("are still judged by the coverage gate", async () => {
    const low = exited(1, { reports: [red, cobertura(1, 100)] });
    const step = await outcomeOf(attempts(low, nowGreen), { retry });
    expect(step.outcome).toBe("coverage-below");
    expect(step.tests?.flaky).toHaveLength(2);
  });

  test("one that fails again is red; the other is named", async () => {
    const again = exited(1, { reports: [junit({ b: true, c: false })] });
    const step = await outcomeOf(attempts(first, again), { retry });
    expect(step).toMatchObject({ outcome: "failed", tests: { passed: 2, failed: 1 } });
    expect(step.tests?.failures.map(({ name }) => name)).toEqual(["c"]);
    expect(step.tests?.flaky).toHaveLength(1);
  });

  test.each([
    ["did not run what had failed", exited(0, { reports: [junit({ b: true })] })],
    ["ran nothing", exited(5, { reports: [junit({})] })],
    ["left no report", exited(0)],
    ["ran out of time", exited(143, { ended: "timeout" })],
  ])("a second run that %s makes nothing green", async (_, again) => {
    const step = await outcomeOf(attempts(first, again), { retry });
    expect(step).toMatchObject({ outcome: "failed", tests: { failed: 2 } });
  });

  test.each([
    ["warn", "passed", 0],
    ["fail", "flaky", 1],
  ] as const)(
    "that the tool itself ran again are named: with %s it %s",
    async (word, outcome, exit) => {
      const report: Report = { format: "playwright", path: "report.json", artifact: "report.json" };
      const test = { status: "flaky", results: [{}, {}] };
      const spec = { title: "pays", file: "pay.spec.ts", line: 3, tests: [test] };
      const document = { config: { rootDir: "/w" }, suites: [{ title: "", specs: [spec] }] };
      let runs = 0;
      const script: Script = async () => {
        runs += 1;
        return exited(0, { reports: [{ report, text: JSON.stringify(document) }] });
      };
      const step = await outcomeOf(script, { retry: { times: 1, flaky: word }, coverage: {} });
      expect(step).toMatchObject({ outcome, tests: { passed: 1, flaky: ["pays"] } });
      expect(step.explanation?.message).toBe("flaky: pays failed and passed when run again");
      expect(step.run.exit).toBe(exit);
      expect(runs).toBe(1);
    },
  );

  test("run again as often as allowed and no more", async () => {
    let runs = 0;
    const script: Script = async () => {
      runs += 1;
      return first;
    };
    await outcomeOf(script, { retry: { ...retry, times: 3 } });
    expect(runs).toBe(4);
  });

  test.each([
    ["failed for another reason", exited(2, { reports: [green, enough] })],
    ["timed out", exited(143, { ended: "timeout", reports: [red] })],
    ["passed", exited(0, { reports: [green, enough] })],
  ])("nothing runs again where the command %s", async (_, result) => {
    let runs = 0;
    await outcomeOf(
      async () => {
        runs += 1;
        return result;
      },
      { retry },
    );
    expect(runs).toBe(1);
  });
});

describe("secrets", () => {
  const steps = [
    plannedStep("install", { early: true }),
    plannedStep("integration", {
      needs: ["install"],
      blocking: false,
      secrets: ["GROQ_API_KEY", "OTHER_KEY"],
    }),
  ];
  const stage = planned("integration-tests", { blocking: false, steps });
  const before = planned("code-quality", { steps: [plannedStep("lint")] });

  test("missing in a stage that does not block: skipped with their names", async () => {
    const done = await executeStages([before, stage], { secrets: { OTHER_KEY: "here" } });
    expect(done.stage("integration-tests")).toMatchObject({
      outcome: "skipped",
      reason: "secret missing: GROQ_API_KEY",
    });
    expect(done.executor.calls).not.toContain("run integration");
    expect(done.run).toMatchObject({ verdict: "passed", exit: 0 });
  });

  test("missing in a step that blocks: not checked, unknown", async () => {
    const blocking = planned("unit-tests", {
      steps: [plannedStep("unit", { secrets: ["A_KEY", "B_KEY"] })],
    });
    const { run, step } = await executeStages([before, blocking]);
    expect(step("unit")).toMatchObject({
      outcome: "not-checked",
      explanation: { message: "secrets missing: A_KEY, B_KEY" },
    });
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("an empty value is a missing one", async () => {
    const done = await executeStages([before, stage], {
      secrets: { OTHER_KEY: "here", GROQ_API_KEY: "" },
    });
    expect(done.stage("integration-tests").reason).toContain("GROQ_API_KEY");
  });

  test("go only to the steps that name them", async () => {
    const secrets = { GROQ_API_KEY: "gsk-1234567", OTHER_KEY: "oth-1234567", RAILWAY_TOKEN: "r" };
    const { executor } = await executeStages([before, stage], { secrets });
    expect(executor.contexts.get("lint")?.secrets).toEqual({});
    expect(executor.contexts.get("install")?.secrets).toEqual({});
    expect(executor.contexts.get("integration")?.secrets).toEqual({
      GROQ_API_KEY: "gsk-1234567",
      OTHER_KEY: "oth-1234567",
    });
  });

  test("optional ones may be missing", async () => {
    const step = plannedStep("unit", { secrets: ["A_KEY"], optionalSecrets: ["B_KEY"] });
    const { executor, run } = await executeStages([planned("unit-tests", { steps: [step] })], {
      secrets: { A_KEY: "present" },
    });
    expect(executor.contexts.get("unit")?.secrets).toEqual({ A_KEY: "present" });
    expect(run.verdict).toBe("passed");
  });

  test("a fork's code meets none of them, and none is even looked up", async () => {
    const asked: string[] = [];
    const { samplePlan, sampleTrigger } = await import("../../test/builders/run.ts");
    const done = await executeStages([before, stage], {
      plan: { trigger: { ...sampleTrigger(), fork: true } },
      request: {
        secret: (name) => {
          asked.push(name);
          return "value";
        },
      },
    });
    expect(samplePlan().trigger.fork).toBe(false);
    expect(asked).toEqual([]);
    expect(done.stage("integration-tests").reason).toContain(
      "a fork's pull request meets no secret",
    );
    expect(done.executor.calls).not.toContain("run integration");
  });

  test("are nowhere in the run, the events and the logs, whatever way they come back", async () => {
    const value = 'gsk_9f"8e<7d/6c+5b';
    const forms = [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString("base64"),
      Buffer.from(value).toString("hex"),
    ];
    const text = forms.join(" ");
    const xml = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
    const report = {
      report: junitReport,
      text: `<testsuite><testcase classname="c" name="n ${xml}"><failure message="${xml}">${xml}</failure></testcase></testsuite>`,
    };
    const script: Script = async ({ output, note, secrets }) => {
      note(`note ${text}`);
      for (const char of `${text}\nsrc/app.py:1:1: F401 ${secrets.KEY}\n${secrets.KEY}`)
        await output(char);
      return exited(1, { reports: [report], message: text, mend: text, measures: { m: text } });
    };
    const throws: Script = async ({ secrets }) => {
      throw new Error(`bad key ${secrets.KEY}`);
    };
    const service = { image: "db", port: 1, env: {}, provides: {}, readySeconds: 1 };
    const done = await executeStages(
      [
        planned("unit-tests", {
          steps: [
            plannedStep("unit", {
              ...testing,
              secrets: ["KEY"],
              retry: { times: 1, argv: ["x"], flaky: "warn" },
            }),
            plannedStep("lint", { secrets: ["KEY"] }),
            plannedStep("throws", { secrets: ["KEY"] }),
            plannedStep("world", { secrets: ["KEY"] }),
            plannedStep("db", { services: ["db"] }),
          ],
        }),
      ],
      {
        secrets: { KEY: value },
        plan: { services: { db: service } },
        services: { db: { kind: "world-failed", reason: text } },
        steps: {
          unit: script,
          lint: async (context, step) =>
            ({ ...(await script(context, step)), reports: [] }) as StepResult,
          throws,
          world: { kind: "world-failed", reason: `refused ${text}`, mend: text },
        },
      },
    );
    const shown = JSON.stringify([done.run, done.events, [...done.logs]]);
    expect(done.step("unit").tests?.failed).toBe(1);
    expect(done.step("lint").findings).toHaveLength(1);
    for (const form of forms) {
      expect(shown).not.toContain(form);
      expect(shown).not.toContain(JSON.stringify(form).slice(1, -1));
    }
  });
});
