import { describe, expect, it } from "vitest";
import { configOf, shownFiles, surveyWith } from "../../test/builders/config.ts";
import { sampleTrigger } from "../../test/builders/run.ts";
import { manifestText } from "../../test/builders/survey.ts";
import { planObjections } from "../plan/check-plan.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan, Stage, Trigger } from "../plan/plan.ts";

const written = (more = "", image = "image: { health: /api/health }") => `
components:
  backend: { path: ., start: python -m app, tests: { unit: false, integration: false } }
  frontend:
    path: frontend
    toolchain: npm
    build: npm run build
    tests: { unit: false, e2e: { run: node e2e.mjs, ${more} } }
${image}
`;

function planOf(yaml: string, trigger: Partial<Trigger> = {}): Plan {
  return makePlan({
    config: configOf(yaml),
    survey: surveyWith(shownFiles),
    trigger: { ...sampleTrigger(), event: "pull-request", base: "main", ...trigger },
    source: "git-tree:1",
  });
}

function e2e(plan: Plan): Stage {
  return plan.stages.find(({ id }) => id === "e2e-tests") as Stage;
}

const suite = (stage: Stage) => stage.steps.find(({ id }) => id === "frontend/e2e");

describe("when end-to-end tests run", () => {
  it.each<[string, Partial<Trigger>, boolean]>([
    ["a pull request to main", {}, true],
    ["a merge group to main", { eventName: "merge_group" }, true],
    ["by hand", { event: "manual", branch: "feature/x" }, true],
    ["a pull request to develop", { base: "develop" }, false],
    ["a push to main", { event: "push", branch: "main" }, false],
    ["a hotfix to main", { branch: "hotfix/leak" }, false],
    ["the schedule", { event: "schedule", branch: "main" }, false],
  ])("%s: %j", (_, trigger, expected) => {
    expect(e2e(planOf(written(), trigger)).run).toBe(expected);
  });

  it("found by themselves, without a gantry.yaml, they run by name only", () => {
    const files = {
      "package.json": manifestText({ devDependencies: { "@playwright/test": "1" } }),
      "playwright.config.ts": "",
    };
    const request = {
      config: configOf(undefined, files),
      survey: surveyWith(files),
      trigger: { ...sampleTrigger(), event: "pull-request" as const, base: "main" },
      source: "git-tree:1",
    };
    expect(e2e(makePlan(request)).reason).toMatch(/without a gantry.yaml they run by name only/);
    expect(e2e(makePlan({ ...request, only: ["e2e-tests"] }))).toMatchObject({
      run: true,
      reason: "asked for by name",
    });
  });

  it("says that there are none where none are configured", () => {
    expect(e2e(planOf("components: { backend: { path: . } }\n"))).toMatchObject({
      run: false,
      reason: "no end-to-end tests are configured",
    });
  });
});

describe("what end-to-end tests ask", () => {
  it("is the application that the stage has started, once it is well", () => {
    const plan = planOf(written());
    expect(planObjections(plan)).toEqual([]);
    const { steps } = e2e(plan);
    expect(suite(e2e(plan))).toMatchObject({
      asks: "application",
      needs: ["frontend/install", "health"],
    });
    expect(steps.filter((step) => "asks" in step)).toHaveLength(1);
    const byId = (id: string) => steps.find((step) => step.id === id);
    expect(byId("image")).toMatchObject({ kind: "build-image", standIn: "start" });
    expect(byId("frontend/build")).toMatchObject({ onlyWithout: "images" });
    expect(byId("start")).toMatchObject({ process: { argv: ["python", "-m", "app"] } });
  });

  it("is not known where there is no image: then the suite starts it itself", () => {
    const stage = e2e(planOf(written("", "image: false")));
    expect(stage.steps.map(({ kind }) => kind)).toEqual(["exec", "exec"]);
    expect(suite(stage)).not.toHaveProperty("asks");
  });
});

describe("whether they block", () => {
  it("is not so by itself, nor for anything that prepares them", () => {
    const stage = e2e(planOf(written()));
    expect(stage.blocking).toBe(false);
    expect(stage.steps.filter(({ blocking }) => blocking)).toEqual([]);
  });

  it("is so where it is asked for, with all that they need", () => {
    const stage = e2e(planOf(written("blocking: true")));
    expect(stage.blocking).toBe(true);
    expect(stage.steps.filter(({ blocking }) => !blocking)).toEqual([]);
  });
});
