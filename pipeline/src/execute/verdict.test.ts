import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { executeStages, exited } from "../../test/builders/executor.ts";
import { planned, plannedStep } from "../../test/builders/plan.ts";
import { samplePlan, stageRun, stepRun } from "../../test/builders/run.ts";
import { type Stage, stageId } from "../plan/plan.ts";
import type { StepResult } from "./executor.ts";
import { outcome as outcomes } from "./run.ts";
import { exitCodeOf, formalitiesOf, isRed, stageOutcome, verdictOf } from "./verdict.ts";

const result = fc.oneof(
  { weight: 4, arbitrary: fc.constant(exited(0)) },
  fc.constantFrom<StepResult>(
    exited(1),
    exited(137),
    exited(143, { ended: "timeout" }),
    { kind: "not-checked", reason: "no Docker" },
    { kind: "world-failed", reason: "no disk" },
  ),
);

interface PlannedScene {
  readonly stages: readonly Stage[];
  readonly results: Readonly<Record<string, StepResult>>;
}

/** Needs name only what stands before, as in every plan; the last of them is the densest. */
const needsOf = (index: number): fc.Arbitrary<number[]> =>
  index === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 3 });

const stepOf = (stage: string, index: number) =>
  fc.record({
    id: fc.constant(`${stage}.${index}`),
    needs: needsOf(index).map((needs) => needs.map((need) => `${stage}.${need}`)),
    blocking: fc.boolean(),
    early: fc.boolean(),
    result,
  });

const stageOf = (index: number) => {
  const id = stageId.options[index] as Stage["id"];
  return fc.record({
    id: fc.constant(id),
    needs: needsOf(index).map((needs) => needs.map((need) => stageId.options[need] as Stage["id"])),
    blocking: fc.boolean(),
    run: fc.boolean(),
    steps: fc
      .nat(4)
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => stepOf(id, at)))),
  });
};

const scene: fc.Arbitrary<PlannedScene> = fc
  .nat(5)
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => stageOf(at))))
  .map((list) => ({
    stages: list.map(({ steps, run, ...stage }) =>
      planned(stage.id, {
        ...stage,
        run,
        steps: run
          ? steps.map(({ id, needs, blocking, early }) =>
              plannedStep(id, { needs, blocking, ...(early && { early }) }),
            )
          : [],
      }),
    ),
    results: Object.fromEntries(
      list.flatMap(({ steps }) => steps.map(({ id, result: end }) => [id, end])),
    ),
  }));

/** What each step needs: steps of its own stage, and what blocks in the stages before. */
function neededSteps(stage: Stage, stages: readonly Stage[]) {
  const before = stage.needs
    .flatMap((id) => stages.filter((other) => other.id === id && other.blocking))
    .flatMap(({ steps }) => steps.filter(({ blocking }) => blocking).map(({ id }) => id));
  return stage.steps.map(({ id, needs, early }) => ({
    step: id,
    needed: early ? needs : [...needs, ...before],
  }));
}

describe("for any plan and any results", () => {
  test("green only where all that blocks ran and passed, and something did", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ stages, results }) => {
        const { run, executor } = await executeStages(stages, { steps: results, slots: 2 });
        const ran = executor.calls.filter((call) => call.startsWith("run "));
        if (run.verdict !== "passed") return;
        expect(ran.length).toBeGreaterThan(0);
        for (const stage of run.stages.filter(({ blocking }) => blocking)) {
          const reds = stage.steps.filter((step) => step.blocking && step.outcome !== "passed");
          expect(reds).toEqual([]);
        }
      }),
    );
  });

  test("every stage and step is listed once, in the plan's order", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ stages, results }) => {
        const { run } = await executeStages(stages, { steps: results });
        expect(run.stages.map(({ id }) => id)).toEqual(stages.map(({ id }) => id));
        for (const [index, stage] of run.stages.entries()) {
          const ids = stages[index]?.steps.map(({ id }) => id).sort();
          expect(stage.steps.map(({ id }) => id).sort()).toEqual(ids);
        }
      }),
    );
  });

  test("no step runs twice, or before all that it needs has passed", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ stages, results }) => {
        const { run, executor } = await executeStages(stages, { steps: results, slots: 3 });
        const started = executor.calls.filter((call) => call.startsWith("run "));
        expect(new Set(started).size).toBe(started.length);
        const order = executor.calls.join("\n");
        for (const { step, needed } of stages.flatMap((stage) => neededSteps(stage, stages))) {
          if (!order.includes(`run ${step}`)) continue;
          for (const need of needed) {
            const outcome = run.stages
              .flatMap((s) => s.steps)
              .find(({ id }) => id === need)?.outcome;
            expect(outcome).toBe("passed");
            expect(order.indexOf(`ended ${need}`)).toBeLessThan(order.indexOf(`run ${step}`));
          }
        }
      }),
    );
  });

  test("every stage that was begun is ended", async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ stages, results }) => {
        const { executor } = await executeStages(stages, { steps: results });
        for (const stage of stages.filter(({ run }) => run)) {
          const mine = executor.calls.filter((call) => call.includes(stage.id));
          expect(mine.at(-1)).toBe(`end ${stage.id}`);
        }
      }),
    );
  });
});

describe("a formality", () => {
  const inOrder = stageRun("pr-checks", { outcome: "passed" });
  const formalities = new Set(["pr-checks"] as const);
  test("alone is no pass, and beside what checks the code takes nothing away", () => {
    expect(verdictOf([inOrder], false, formalities)).toBe("unknown");
    const units = stageRun("unit-tests", { outcome: "passed" });
    expect(verdictOf([inOrder, units], false, formalities)).toBe("passed");
  });
  test.each([
    ["inferred", undefined, ["pr-checks"]],
    ["inferred", ["pr-checks"], []],
    ["file", undefined, []],
  ] as const)("in a plan that is %s, with %j asked for: %j", (origin, asked, expected) => {
    const plan = samplePlan({ origin, ...(asked && { asked: [...asked] }) });
    expect([...formalitiesOf(plan)]).toEqual(expected);
  });
});

describe("verdictOf", () => {
  test.each(outcomes.options)("one blocking stage that is `%s`", (outcome) => {
    const verdict = verdictOf([stageRun("unit-tests", { outcome })], false);
    const red = ["failed", "coverage-below", "no-tests", "flaky", "timed-out", "out-of-memory"];
    const expected = outcome === "passed" ? "passed" : red.includes(outcome) ? "failed" : "unknown";
    expect(verdict).toBe(expected);
    expect(isRed(outcome)).toBe(expected === "failed");
  });

  test.each(outcomes.options)(
    "a stage that does not block and is `%s` changes no green",
    (outcome) => {
      const stages = [
        stageRun("unit-tests"),
        stageRun("integration-tests", { outcome, blocking: false }),
      ];
      expect(verdictOf(stages, false)).toBe("passed");
      expect(verdictOf(stages, true)).toBe("cancelled");
    },
  );

  test.each([
    ["passed", undefined, 0],
    ["failed", undefined, 1],
    ["unknown", undefined, 3],
    ["cancelled", undefined, 130],
    ["cancelled", "SIGINT", 130],
    ["cancelled", "SIGTERM", 143],
  ] as const)("%s after %s ends with %i", (verdict, signal, exit) => {
    expect(exitCodeOf(verdict, signal)).toBe(exit);
  });
});

describe("stageOutcome", () => {
  const stage = planned("unit-tests");

  test("the worst of what blocks gives a stage its name", () => {
    const steps = (["error", "coverage-below", "failed", "passed"] as const).map((outcome) =>
      stepRun(outcome, { outcome }),
    );
    expect(stageOutcome(stage, steps, new Set())).toBe("failed");
    expect(stageOutcome(stage, steps.slice(0, 2), new Set())).toBe("coverage-below");
    expect(stageOutcome(stage, steps.slice(0, 1), new Set())).toBe("error");
  });

  test("a step that was stood in for is not held against it", () => {
    const steps = [stepRun("image", { outcome: "not-checked" }), stepRun("start")];
    expect(stageOutcome(stage, steps, new Set(["image"]))).toBe("passed");
    expect(stageOutcome(stage, steps, new Set())).toBe("not-checked");
  });
});
