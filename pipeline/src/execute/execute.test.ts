import { describe, expect, test } from "vitest";
import { executeStages, exited, junit, junitReport } from "../../test/builders/executor.ts";
import { planned, plannedImage, plannedStep } from "../../test/builders/plan.ts";
import type { Stage } from "../plan/plan.ts";
import { run as runSchema } from "./run.ts";

const one = (id: string, overrides = {}): Stage["steps"] => [plannedStep(id, overrides)];
const never = new Promise<never>(() => undefined);

describe("stages", () => {
  const chain = [
    planned("code-quality", { steps: one("lint") }),
    planned("unit-tests", { needs: ["code-quality"], steps: one("unit") }),
    planned("integration-tests", {
      needs: ["code-quality"],
      blocking: false,
      steps: one("integration", { blocking: false }),
    }),
    planned("smoke-tests", { needs: ["unit-tests"], steps: one("smoke") }),
  ];

  test("a stage begins when what it needs has passed", async () => {
    const { run, executor } = await executeStages(chain);
    const at = (call: string): number => executor.calls.indexOf(call);
    expect(run).toMatchObject({ verdict: "passed", exit: 0 });
    expect(at("run unit")).toBeGreaterThan(at("ended lint"));
    expect(at("run integration")).toBeGreaterThan(at("ended lint"));
    expect(at("run smoke")).toBeGreaterThan(at("ended unit"));
    expect(run.stages.map(({ id, outcome }) => [id, outcome])).toEqual(
      chain.map(({ id }) => [id, "passed"]),
    );
    expect(runSchema.safeParse(run).error).toBeUndefined();
  });

  test("what does not depend on each other runs at the same time", async () => {
    let here = 0;
    let open = (): void => undefined;
    const together = new Promise<void>((resolve) => {
      open = resolve;
    });
    const meet = async () => {
      here += 1;
      if (here === 2) open();
      await together;
      return exited(0);
    };
    const { run } = await executeStages(chain, { steps: { unit: meet, integration: meet } });
    expect(run.verdict).toBe("passed");
  });

  test("a failing stage holds up only what depends on it", async () => {
    const { run, stage, step, executor } = await executeStages(chain, {
      steps: { unit: exited(1) },
    });
    expect(run).toMatchObject({ verdict: "failed", exit: 1 });
    expect(stage("unit-tests").outcome).toBe("failed");
    expect(stage("integration-tests").outcome).toBe("passed");
    expect(stage("smoke-tests")).toMatchObject({
      outcome: "skipped",
      reason: "unit-tests did not pass (failed)",
    });
    expect(step("smoke").outcome).toBe("skipped");
    expect(executor.calls).not.toContain("run smoke");
  });

  test("a stage that does not block is shown as failed, and the verdict is green", async () => {
    const { run, stage } = await executeStages(chain, { steps: { integration: exited(1) } });
    expect(run).toMatchObject({ verdict: "passed", exit: 0 });
    expect(stage("integration-tests").outcome).toBe("failed");
  });

  test("its blocking preparations do not make a failed stage green that does not block", async () => {
    const steps = [
      plannedStep("install", { early: true }),
      plannedStep("integration", { blocking: false, needs: ["install"] }),
    ];
    const { run, stage } = await executeStages(
      [...chain.slice(0, 1), planned("integration-tests", { blocking: false, steps })],
      { steps: { integration: exited(1) } },
    );
    expect(stage("integration-tests").outcome).toBe("failed");
    expect(run.verdict).toBe("passed");
  });

  test("a stage left out by plan is skipped with its reason and holds nothing up", async () => {
    const { run, stage } = await executeStages([
      planned("code-quality", { run: false, reason: "left out with --skip" }),
      planned("unit-tests", { needs: ["code-quality"], steps: one("unit") }),
    ]);
    expect(stage("code-quality")).toMatchObject({
      outcome: "skipped",
      reason: "left out with --skip",
      steps: [],
    });
    expect(stage("unit-tests").outcome).toBe("passed");
    expect(run.verdict).toBe("passed");
  });

  test("acts are listed, and never run by the checks", async () => {
    const { run, stage, executor } = await executeStages([
      planned("unit-tests", { steps: one("unit") }),
      planned("deploy-production", { kind: "act", steps: one("upload") }),
    ]);
    expect(stage("deploy-production")).toMatchObject({ outcome: "skipped", steps: [] });
    expect(stage("deploy-production").reason).toContain("gantry deliver");
    expect(executor.calls).not.toContain("run upload");
    expect(run.verdict).toBe("passed");
  });

  test.each([
    ["no stage at all", []],
    ["only stages that are left out", [planned("unit-tests", { run: false })]],
    ["only a stage without steps", [planned("unit-tests")]],
    ["only an act", [planned("deploy-production", { kind: "act", steps: one("upload") })]],
  ])("with %s nothing was earned: unknown, 3", async (_, stages) => {
    const { run } = await executeStages(stages);
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("a blocking stage held up by one that does not block leaves the verdict unknown", async () => {
    const { run, stage } = await executeStages(
      [
        planned("unit-tests", { steps: one("unit") }),
        planned("smoke-tests", { blocking: false, steps: one("image", { blocking: false }) }),
        planned("e2e-tests", { needs: ["smoke-tests"], steps: one("e2e") }),
      ],
      { steps: { image: exited(1) } },
    );
    expect(stage("e2e-tests").outcome).toBe("skipped");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("every event of a stage and step comes, once and in order", async () => {
    const { events } = await executeStages([planned("unit-tests", { steps: one("unit") })], {
      steps: {
        unit: async ({ output, note }) => {
          note("fetching uv");
          await output("1 passed\n");
          return exited(0);
        },
      },
    });
    expect(events.map(({ type }) => type)).toEqual([
      "run-started",
      "stage-started",
      "step-started",
      "note",
      "output",
      "step-ended",
      "stage-ended",
      "run-ended",
    ]);
  });
});

describe("steps", () => {
  test("run in the order of their needs, whatever the order in the plan", async () => {
    const steps = [
      plannedStep("c", { needs: ["a", "b"] }),
      plannedStep("b", { needs: ["a"] }),
      plannedStep("a"),
    ];
    const { executor } = await executeStages([planned("code-quality", { steps })]);
    expect(executor.calls.filter((call) => call.startsWith("run"))).toEqual([
      "run a",
      "run b",
      "run c",
    ]);
  });

  test("a step whose need did not pass is skipped with the reason; the others run", async () => {
    const steps = [
      plannedStep("install"),
      plannedStep("lint", { needs: ["install"] }),
      plannedStep("format"),
    ];
    const { step, stage, executor } = await executeStages([planned("code-quality", { steps })], {
      steps: { install: exited(1) },
    });
    expect(step("lint")).toMatchObject({
      outcome: "skipped",
      explanation: { message: "install failed" },
    });
    expect(executor.calls).toContain("run format");
    expect(stage("code-quality").outcome).toBe("failed");
  });

  test("a blocking step held up by one that does not block is no green stage", async () => {
    const steps = [
      plannedStep("advice", { blocking: false }),
      plannedStep("lint", { needs: ["advice"] }),
      plannedStep("format"),
    ];
    const { run, stage } = await executeStages([planned("code-quality", { steps })], {
      steps: { advice: exited(1) },
    });
    expect(stage("code-quality").outcome).toBe("not-checked");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("a step that does not block is shown red in a green stage", async () => {
    const steps = [plannedStep("lint"), plannedStep("advice", { blocking: false })];
    const { step, stage } = await executeStages([planned("code-quality", { steps })], {
      steps: { advice: exited(1) },
    });
    expect(step("advice").outcome).toBe("failed");
    expect(stage("code-quality").outcome).toBe("passed");
  });

  test("what only prepares begins before the stages that are needed have ended", async () => {
    let installed = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      installed = resolve;
    });
    const { run, stage, executor } = await executeStages(
      [
        planned("code-quality", { steps: one("lint") }),
        planned("unit-tests", {
          needs: ["code-quality"],
          steps: [
            plannedStep("install", { early: true }),
            plannedStep("unit", { needs: ["install"] }),
          ],
        }),
      ],
      {
        steps: {
          lint: async () => {
            await waiting;
            return exited(1);
          },
          install: async () => {
            installed();
            return exited(0);
          },
        },
      },
    );
    expect(stage("unit-tests").outcome).toBe("skipped");
    expect(stage("unit-tests").steps.map(({ outcome }) => outcome)).toEqual(["passed", "skipped"]);
    expect(executor.calls).not.toContain("run unit");
    expect(run.verdict).toBe("failed");
  });

  test("no more steps at once than there are slots; earlier stages go first", async () => {
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return exited(0);
    };
    const names = ["a", "b", "c", "d", "e"];
    const { executor } = await executeStages(
      [
        planned("code-quality", { steps: names.map((name) => plannedStep(`lint-${name}`)) }),
        planned("security", { steps: names.map((name) => plannedStep(`scan-${name}`)) }),
      ],
      {
        slots: 2,
        steps: Object.fromEntries(
          names.flatMap((n) => [
            [`lint-${n}`, work],
            [`scan-${n}`, work],
          ]),
        ),
      },
    );
    expect(most).toBe(2);
    const begun = executor.calls.filter((call) => call.startsWith("run"));
    expect(begun.findLastIndex((call) => call.startsWith("run lint"))).toBeLessThan(
      begun.indexOf("run scan-c"),
    );
  });
});

describe("stand-ins", () => {
  const stage = planned("smoke-tests", {
    steps: [
      plannedImage({ standIn: "start" }),
      plannedStep("install", { onlyWithout: "images" }),
      plannedStep("start", { needs: ["image", "install"] }),
      plannedStep("health", { needs: ["start"] }),
    ],
  });
  const noImage = { kind: "not-checked", reason: "no Docker", mend: "start Docker" } as const;

  test("what stands in runs only where images cannot be built, and the lack is named", async () => {
    const {
      run,
      stage: found,
      step,
    } = await executeStages([stage], {
      lacks: { images: "no Docker" },
      steps: { image: noImage },
    });
    expect(found("smoke-tests")).toMatchObject({ outcome: "passed", notChecked: ["image"] });
    expect(step("image")).toMatchObject({
      outcome: "not-checked",
      explanation: { message: "no Docker", mend: "start Docker" },
    });
    expect(step("install").outcome).toBe("passed");
    expect(run).toMatchObject({ verdict: "passed", exit: 0 });
  });

  test("with images nothing stands in", async () => {
    const { executor, stage: found } = await executeStages([stage]);
    expect(executor.calls).not.toContain("run install");
    expect(found("smoke-tests")).toMatchObject({ outcome: "passed", notChecked: [] });
  });

  test("a stand-in that fails makes the stage red", async () => {
    const { stage: found } = await executeStages([stage], {
      lacks: { images: "no Docker" },
      steps: { image: noImage, start: exited(1) },
    });
    expect(found("smoke-tests")).toMatchObject({ outcome: "failed", notChecked: [] });
  });

  test("an image that fails to build is not stood in for", async () => {
    const { stage: found, executor } = await executeStages([stage], {
      steps: { image: exited(1) },
    });
    expect(found("smoke-tests").outcome).toBe("failed");
    expect(executor.calls).not.toContain("run start");
  });

  test("without a stand-in an image that could not be built leaves the verdict unknown", async () => {
    const alone = planned("smoke-tests", { steps: stage.steps.slice(0, 1) });
    const { run, stage: found } = await executeStages([alone], { steps: { image: noImage } });
    expect(found("smoke-tests").outcome).toBe("not-checked");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });
});

describe("the world fails", () => {
  test("a step that the world failed is an error, and the verdict unknown", async () => {
    const { run, step } = await executeStages([planned("unit-tests", { steps: one("unit") })], {
      steps: { unit: { kind: "world-failed", reason: "no disk", mend: "make room" } },
    });
    expect(step("unit")).toMatchObject({
      outcome: "error",
      explanation: { message: "no disk", mend: "make room" },
    });
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("red weighs more than unknown", async () => {
    const { run } = await executeStages(
      [
        planned("code-quality", { steps: one("lint") }),
        planned("unit-tests", { steps: one("unit") }),
      ],
      { steps: { unit: { kind: "not-checked", reason: "no uv" }, lint: exited(1) } },
    );
    expect(run).toMatchObject({ verdict: "failed", exit: 1 });
  });

  test("an executor that throws costs one step, not the run", async () => {
    const { run, step, stage, executor } = await executeStages(
      [
        planned("code-quality", { steps: [plannedStep("lint"), plannedStep("format")] }),
        planned("security", { steps: one("scan") }),
      ],
      {
        steps: {
          lint: async () => {
            throw new Error("undefined is not a function");
          },
        },
      },
    );
    expect(step("lint").outcome).toBe("error");
    expect(step("lint").explanation?.message).toContain("undefined is not a function");
    expect(stage("security").outcome).toBe("passed");
    expect(executor.calls).toContain("end code-quality");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test("a log that cannot be written is an error of the step, not a hang", async () => {
    const { run, step } = await executeStages([planned("unit-tests", { steps: one("unit") })], {
      steps: {
        unit: async ({ output }) => {
          await output("hello\n");
          return exited(0);
        },
      },
      request: {
        log: async () => {
          throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        },
      },
    });
    expect(step("unit").outcome).toBe("error");
    expect(step("unit").explanation?.message).toContain("no space left");
    expect(run.verdict).toBe("unknown");
  });
});

describe("services", () => {
  const stage = planned("integration-tests", {
    steps: [plannedStep("db", { services: ["postgres"] }), plannedStep("plain")],
  });
  const service = { image: "postgres:17", port: 5432, env: {}, provides: {}, readySeconds: 5 };
  const plan = { services: { postgres: service, redis: service } };

  test("start before the first step, are told to those that need them, and end", async () => {
    const { executor } = await executeStages([stage], {
      plan,
      services: { postgres: { kind: "ready", env: { DB_PORT: "40001" } } },
    });
    expect(executor.contexts.get("db")?.serviceEnv).toEqual({ DB_PORT: "40001" });
    expect(executor.calls[0]).toBe("service postgres");
    expect(executor.calls.at(-1)).toBe("end integration-tests");
    expect(executor.calls).not.toContain("service redis");
  });

  test("a service that cannot be had is named by the steps that need it", async () => {
    const { step, run } = await executeStages([stage], {
      plan,
      services: { postgres: { kind: "not-checked", reason: "no Docker", mend: "start Docker" } },
    });
    expect(step("db")).toMatchObject({
      outcome: "not-checked",
      explanation: { message: "service postgres: no Docker", mend: "start Docker" },
    });
    expect(step("plain").outcome).toBe("passed");
    expect(run).toMatchObject({ verdict: "unknown", exit: 3 });
  });

  test.each([
    ["fails", { kind: "world-failed", reason: "image not found" } as const, "image not found"],
    ["throws", new Error("a bug"), "a bug"],
  ])("a service that %s is an error by name", async (_, result, reason) => {
    const { step } = await executeStages([stage], { plan, services: { postgres: result } });
    expect(step("db").outcome).toBe("error");
    expect(step("db").explanation?.message).toMatch(/^service postgres: /);
    expect(step("db").explanation?.message).toContain(reason);
  });
});

describe("cancelling", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s in the middle: what runs is ended, what waits never starts, %i",
    async (name, code) => {
      const controller = new AbortController();
      const { run, stage, step, executor } = await executeStages(
        [
          planned("code-quality", { steps: [plannedStep("lint"), plannedStep("format")] }),
          planned("unit-tests", { needs: ["code-quality"], steps: one("unit") }),
        ],
        {
          steps: {
            lint: async ({ signal }) => {
              await new Promise((resolve) => setImmediate(resolve));
              controller.abort("cancelled");
              expect(signal.aborted).toBe(true);
              return exited(143, { ended: "cancelled" });
            },
          },
          request: { signal: controller.signal, endedBy: () => name },
        },
      );
      expect(run).toMatchObject({ verdict: "cancelled", exit: code });
      expect(step("lint").outcome).toBe("cancelled");
      expect(step("format").outcome).toBe("passed");
      expect(stage("code-quality").outcome).toBe("cancelled");
      expect(stage("unit-tests").outcome).toBe("cancelled");
      expect(executor.calls).not.toContain("run unit");
      expect(runSchema.safeParse(run).error).toBeUndefined();
    },
  );

  test("before anything began, nothing is started", async () => {
    const { run, executor } = await executeStages(
      [planned("integration-tests", { steps: one("db", { services: ["postgres"] }) })],
      {
        plan: {
          services: { postgres: { image: "p", port: 1, env: {}, provides: {}, readySeconds: 1 } },
        },
        request: { signal: AbortSignal.abort("cancelled") },
      },
    );
    expect(run).toMatchObject({ verdict: "cancelled", exit: 130 });
    expect(executor.calls).toEqual(["end integration-tests"]);
  });

  test("a step over its time is ended, and told apart from a cancelled one", async () => {
    const { step, run } = await executeStages(
      [planned("unit-tests", { steps: one("unit", { timeoutSeconds: 0.01 }) })],
      {
        steps: {
          unit: async ({ signal }) => {
            await Promise.race([
              never,
              new Promise((resolve) => signal.addEventListener("abort", resolve)),
            ]);
            return exited(143, { ended: signal.reason });
          },
        },
      },
    );
    expect(step("unit")).toMatchObject({ outcome: "timed-out", exit: 143 });
    expect(step("unit").explanation?.message).toContain("0.01 s");
    expect(run).toMatchObject({ verdict: "failed", exit: 1 });
  });

  test("a limit of months is a limit, not an instant end", async () => {
    const { step } = await executeStages(
      [planned("unit-tests", { steps: one("unit", { timeoutSeconds: 90 * 86_400 }) })],
      {
        steps: {
          unit: async ({ signal }) => {
            await new Promise((resolve) => setTimeout(resolve, 20));
            return signal.aborted ? exited(143, { ended: "timeout" }) : exited(0);
          },
        },
      },
    );
    expect(step("unit").outcome).toBe("passed");
  });
});

describe("output", () => {
  test("stays bounded in memory, and whole in the log", async () => {
    const chunk = `${"x".repeat(65_535)}\n`;
    let logged = 0;
    const { step } = await executeStages([planned("unit-tests", { steps: one("unit") })], {
      secrets: { TOKEN: "a-secret-of-some-length" },
      steps: {
        unit: async ({ output }) => {
          const before = process.memoryUsage().heapUsed;
          for (let sent = 0; sent < 50e6; sent += chunk.length) await output(chunk);
          global.gc?.();
          expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
          return exited(1);
        },
      },
      request: {
        listener: () => undefined,
        log: async (_stage, _step, text) => {
          logged += text.length;
        },
      },
    });
    expect(logged).toBeGreaterThan(50e6);
    expect(step("unit").tail?.length).toBe(8192);
  });

  test("the place of a log is told, and its tail only where it did not pass", async () => {
    const say =
      (exit: number) =>
      async ({ output }: { output: (t: string) => Promise<void> }) => {
        await output("src/app.py:3:8: F401 `os` imported but unused\n");
        return exited(exit);
      };
    const steps = [plannedStep("web/lint"), plannedStep("api/lint"), plannedStep("quiet")];
    const { step, stage, logs } = await executeStages([planned("code-quality", { steps })], {
      steps: { "web/lint": say(0), "api/lint": say(1) },
    });
    expect(step("web/lint").log).toBe("logs/code-quality/web.lint.log");
    expect(step("web/lint").tail).toBeUndefined();
    expect(step("quiet").log).toBeUndefined();
    expect(step("api/lint").tail).toContain("F401");
    expect(stage("code-quality").findings).toContainEqual(
      expect.objectContaining({ file: "src/app.py", line: 3, column: 8, rule: "F401" }),
    );
    expect(logs.get("code-quality/api/lint")).toContain("F401");
  });

  test("a last line without its end is in log, tail and findings, also beside secrets", async () => {
    const { step, logs } = await executeStages(
      [planned("code-quality", { steps: one("lint", { secrets: ["TOKEN"] }) })],
      {
        secrets: { TOKEN: "used-by-lint" },
        steps: {
          lint: async ({ output }) => {
            await output("src/app.py:3:8: F401 `os` imported but unused");
            return exited(1);
          },
        },
      },
    );
    expect(logs.get("code-quality/lint")).toMatch(/unused$/);
    expect(step("lint").findings).toHaveLength(1);
    expect(step("lint").findings[0]?.message).toContain("unused");
  });
});

test("the tests of a stage are counted over its steps", async () => {
  const steps = ["api", "web"].map((id) => plannedStep(id, { tests: true, leaves: [junitReport] }));
  const { stage } = await executeStages([planned("unit-tests", { steps })], {
    steps: {
      api: exited(0, { reports: [junit({ a: true, b: undefined })] }),
      web: exited(1, { reports: [junit({ c: true, d: false })] }),
    },
  });
  expect(stage("unit-tests")).toMatchObject({
    outcome: "failed",
    tests: { passed: 2, failed: 1, skipped: 1 },
  });
});
