import { describe, expect, test } from "vitest";
import { planned, plannedImage, plannedStep } from "../../test/builders/plan.ts";
import { samplePlan } from "../../test/builders/run.ts";
import type { Plan, Stage } from "./plan.ts";
import { readPlan } from "./read-plan.ts";

function refused(plan: unknown): { codes: string[]; text: string } {
  const read = readPlan(typeof plan === "string" ? plan : JSON.stringify(plan), "plan.json");
  if (read.ok) throw new Error("it was taken");
  return {
    codes: [...new Set(read.problems.map(({ code }) => code))],
    text: read.problems.map(({ message, mend }) => `${message} → ${mend}`).join("\n"),
  };
}

const withStages = (...stages: Stage[]): Plan => samplePlan({ stages });
const withStep = (step: Stage["steps"][0]): Plan =>
  withStages(planned("unit-tests", { steps: [step] }));

test("the sample is taken", () => {
  const plan = samplePlan();
  expect(readPlan(JSON.stringify(plan), "plan.json")).toEqual({ ok: true, value: plan });
});

test.each([
  ["a newer one", { ...samplePlan(), version: 2 }, "version 2"],
  ["none", { stages: [] }, "version none"],
  ["a text", { ...samplePlan(), version: "1" }, 'version "1"'],
  ["null", null, "version none"],
  ["a list", [], "version none"],
])("another version is refused: %s", (_, plan, found) => {
  expect(refused(plan)).toMatchObject({ codes: ["GANTRY-PLAN-VERSION"] });
  expect(refused(plan).text).toContain(found);
});

test.each([
  ["no JSON", "{ version: 1", "not JSON"],
  ["empty", "", "not JSON"],
  ["a field missing", { ...samplePlan(), trigger: undefined }, "trigger"],
  ["an unknown field", { ...samplePlan(), extra: 1 }, "extra"],
  [
    "an unknown kind of step",
    withStep({ ...plannedStep("a"), kind: "shell" } as never),
    "stages.0.steps.0.kind",
  ],
  ["an empty command", withStep({ ...plannedStep("a"), argv: [] } as never), "argv"],
  [
    "a stage that does not exist",
    withStages({ ...planned("unit-tests"), id: "units" } as never),
    "stages.0.id",
  ],
])("%s is refused", (_, plan, where) => {
  expect(refused(plan).codes).toEqual(["GANTRY-PLAN-INVALID"]);
  expect(refused(plan).text).toContain(where);
});

describe("what the form alone cannot say", () => {
  const steps = (...list: Stage["steps"]): Plan =>
    withStages(planned("unit-tests", { steps: list }));

  test.each([
    [
      "a stage twice",
      withStages(planned("unit-tests"), planned("unit-tests")),
      "`unit-tests` stands twice",
    ],
    [
      "a need that is not there",
      withStages(planned("unit-tests", { needs: ["code-quality"] })),
      "unit-tests needs code-quality",
    ],
    [
      "a need that stands behind",
      withStages(planned("unit-tests", { needs: ["code-quality"] }), planned("code-quality")),
      "does not stand before it",
    ],
    ["a step twice", steps(plannedStep("a"), plannedStep("a")), "the step `a` stands twice"],
    ["a step's need that is not there", steps(plannedStep("a", { needs: ["b"] })), "`a` needs `b`"],
    ["a step that needs itself", steps(plannedStep("a", { needs: ["a"] })), "`a` needs itself"],
    [
      "a circle",
      steps(
        plannedStep("a", { needs: ["c"] }),
        plannedStep("b", { needs: ["a"] }),
        plannedStep("c", { needs: ["b"] }),
      ),
      "needs itself",
    ],
    [
      "an unknown toolchain",
      withStep(plannedStep("a", { toolchain: "cobol" })),
      "toolchain `cobol`",
    ],
    [
      "a toolchain called like a method",
      withStep(plannedStep("a", { toolchain: "constructor" })),
      "toolchain `constructor`",
    ],
    ["an unknown service", withStep(plannedStep("a", { services: ["db"] })), "service `db`"],
    [
      "an application that nobody starts",
      withStep(plannedStep("a", { asks: "shop" })),
      "asks `shop`, which nothing in its stage serves",
    ],
    [
      "a folder above",
      withStep(plannedStep("a", { directory: "../../etc" })),
      "`../../etc`, which leaves the source",
    ],
    ["an absolute folder", withStep(plannedStep("a", { directory: "/etc" })), "`/etc`"],
    ["a step whose id climbs", withStep(plannedStep("a/../../b")), "`a/../../b`"],
    [
      "an artifact that climbs",
      withStep(plannedStep("a", { leaves: [{ format: "file", path: "x", artifact: "../../x" }] })),
      "`../../x`",
    ],
    [
      "a tree that climbs",
      withStep(plannedStep("a", { prepares: { trees: ["../x"], movable: false } })),
      "`../x`",
    ],
    [
      "a Dockerfile elsewhere",
      withStep(plannedImage({ dockerfile: "/etc/passwd" })),
      "`/etc/passwd`",
    ],
  ])("%s is refused", (_, plan, why) => {
    expect(refused(plan).codes).toEqual(["GANTRY-PLAN-INVALID"]);
    expect(refused(plan).text).toContain(why);
  });

  test("all objections are said at once, but not without end", () => {
    expect(
      refused(
        steps(plannedStep("a", { needs: ["x"], services: ["y"], toolchain: "z" })),
      ).text.split("\n"),
    ).toHaveLength(3);
    const many = steps(plannedStep("a", { needs: Array.from({ length: 500 }, (_, n) => `x${n}`) }));
    expect(refused(many).text.split("\n")).toHaveLength(20);
  });
});
