import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { configOf, shownFiles, surveyWith } from "../../test/builders/config.ts";
import { sampleTrigger } from "../../test/builders/run.ts";
import type { Config } from "../config/config.ts";
import { makePlan, type PlanRequest } from "./make-plan.ts";
import { type Plan, plan as planSchema, type Stage, stageId, type Trigger } from "./plan.ts";
import { readPlan } from "./read-plan.ts";
import { gantryVersion } from "./version.ts";

const written = `
components:
  backend:
    path: .
    quality: { lint: ruff check . }
    tests:
      unit: { run: pytest tests/unit -n auto, beforeDeploy: pytest tests/unit }
      integration: { run: pytest tests/integration, secrets: [GROQ_API_KEY] }
      smoke: { run: pytest tests/test_deployment.py }
  frontend: { path: frontend, toolchain: npm }
services: { qdrant: { image: qdrant/qdrant, port: 6333 } }
image: { health: /api/health }
environments:
  production: { provider: local, branch: main }
  staging: { provider: local, branch: develop }
`;
const config = configOf(written);

function planOf(trigger: Partial<Trigger>, more: Partial<PlanRequest> = {}): Plan {
  const { base: _, pullRequest: __, ...plain } = sampleTrigger();
  return makePlan({
    config,
    survey: surveyWith(shownFiles),
    trigger: { ...plain, ...trigger },
    source: "git-tree:1",
    ...more,
  });
}

const runs = (plan: Plan): string[] => plan.stages.filter(({ run }) => run).map(({ id }) => id);
const push = (branch: string): Partial<Trigger> => ({ event: "push", branch });
const pull = (base: string, branch = "feature/x"): Partial<Trigger> => ({
  event: "pull-request",
  branch,
  base,
});

const checks = ["code-quality", "unit-tests"];
const ofPull = ["pr-checks", ...checks];
const events: [string, Partial<Trigger>, string[]][] = [
  ["push to main", push("main"), [...checks, "smoke-tests", "deploy-production", "create-release"]],
  ["push to develop", push("develop"), [...checks, "integration-tests", "deploy-staging"]],
  ["push to a feature branch", push("feature/voice"), []],
  ["push to a hotfix branch", push("hotfix/leak"), []],
  ["push of a tag", push("refs/tags/v1.2.3"), []],
  ["push of a tag called main", push("refs/tags/main"), []],
  ["push to a branch that only begins like main", push("main-2"), []],
  ["pull request to main", pull("main"), [...ofPull, "integration-tests", "smoke-tests"]],
  [
    "pull request of develop to main",
    pull("main", "develop"),
    [...ofPull, "integration-tests", "smoke-tests"],
  ],
  ["pull request of a hotfix to main", pull("main", "hotfix/leak"), [...ofPull, "smoke-tests"]],
  [
    "pull request of a hotfix to develop",
    pull("develop", "hotfix/leak"),
    [...ofPull, "integration-tests"],
  ],
  ["pull request to develop", pull("develop"), [...ofPull, "integration-tests"]],
  ["pull request of main to develop", pull("develop", "main"), [...ofPull, "integration-tests"]],
  ["pull request to a feature branch", pull("feature/other"), ["pr-checks"]],
  [
    "pull request from a fork",
    { ...pull("main", "main"), fork: true },
    [...ofPull, "integration-tests", "smoke-tests"],
  ],
  [
    "merge group to main",
    { ...pull("main", "gh-readonly-queue/main/pr-1"), eventName: "merge_group" },
    [...ofPull, "integration-tests", "smoke-tests"],
  ],
  ["schedule on main", { event: "schedule", branch: "main" }, []],
  [
    "by hand on main",
    { event: "manual", branch: "main" },
    [...checks, "integration-tests", "smoke-tests"],
  ],
  [
    "by hand on a feature branch",
    { event: "manual", branch: "feature/x" },
    [...checks, "integration-tests", "smoke-tests"],
  ],
];

describe("which stage runs on what", () => {
  test.each(events)("%s", (_, trigger, expected) => {
    expect(runs(planOf(trigger))).toEqual(expected);
  });

  test.each(events)(
    "%s: every stage is listed with its reason, and only what runs has steps",
    (_, trigger) => {
      const { stages } = planOf(trigger);
      expect(stages.map(({ id }) => id)).toEqual(stageId.options);
      for (const { run, reason, steps, kind } of stages) {
        expect(reason.length).toBeGreaterThan(5);
        if (!run) expect(steps).toEqual([]);
        if (run && kind === "check") expect(steps.length).toBeGreaterThan(0);
      }
    },
  );

  test("what does not run says what it waits for", () => {
    const stage = planOf(push("feature/x")).stages.find(({ id }) => id === "smoke-tests");
    expect(stage?.reason).toBe(
      "push to feature/x; runs on pushes to main and on pull requests to main",
    );
  });

  test("needs and what blocks, as the table has them", () => {
    const { stages } = planOf(push("main"));
    const table = stages.map(({ id, needs, blocking, kind }) => [id, needs, blocking, kind]);
    expect(table).toEqual([
      ["pr-checks", [], true, "check"],
      ["code-quality", [], true, "check"],
      ["unit-tests", ["code-quality"], true, "check"],
      ["integration-tests", ["code-quality"], false, "check"],
      ["smoke-tests", ["unit-tests"], true, "check"],
      ["security", [], true, "check"],
      ["e2e-tests", ["smoke-tests"], false, "check"],
      ["deploy-staging", ["unit-tests"], true, "act"],
      ["performance-tests", ["deploy-staging"], false, "check"],
      ["deploy-production", ["unit-tests", "smoke-tests"], true, "act"],
      ["create-release", ["deploy-production"], true, "act"],
    ]);
  });
});

describe("pr-checks", () => {
  const stageOf = (trigger: Partial<Trigger>, more: Partial<PlanRequest> = {}) =>
    planOf(trigger, more).stages.find(({ id }) => id === "pr-checks");
  const settingsOf = (plan: ReturnType<typeof stageOf>) => {
    const step = plan?.steps[0];
    return step?.kind === "procedure" ? step.settings : undefined;
  };

  test("a branch that is the base itself is no pull request, except from a fork", () => {
    expect(stageOf(pull("main", "main"))).toMatchObject({ run: false });
    expect(stageOf(pull("main", "main"))?.reason).toContain("`main` is the base itself");
    expect(stageOf({ ...pull("main", "main"), fork: true })?.run).toBe(true);
  });

  test("without a commit there is nothing to check", () => {
    const none = { ...pull("main"), commit: "0".repeat(40) };
    expect(stageOf(none)).toMatchObject({ run: false, reason: expect.stringContaining("commit") });
  });

  test("a config asks for titles and branches, a repository without one for nothing", () => {
    expect(settingsOf(stageOf(pull("main")))).toMatchObject({
      asked: true,
      types: expect.arrayContaining(["feat", "fix"]),
      branches: expect.arrayContaining(["feature/", "develop"]),
      requiredFiles: ["README.md"],
    });
    const without = stageOf(pull("main"), { config: configOf(undefined) });
    expect(settingsOf(without)).toMatchObject({
      asked: false,
      types: [],
      branches: [],
      requiredFiles: [],
      variables: [],
    });
  });

  test("what was released may go back from main to develop, and not to main", () => {
    expect(settingsOf(stageOf(pull("develop", "main")))?.branches).toContain("main");
    expect(settingsOf(stageOf(pull("main", "x")))?.branches).not.toContain("main");
  });

  test("the scanner's toolchain stands in the plan only where it is wanted", () => {
    expect(planOf(pull("main")).toolchains).toHaveProperty("secret-scan");
    expect(planOf(push("main")).toolchains).not.toHaveProperty("secret-scan");
  });
});

describe("branches by other names", () => {
  const renamed = configOf(
    written.replace("branch: main", "branch: trunk").replace("branch: develop", "branch: next"),
  );

  test.each([
    [
      "push to trunk",
      push("trunk"),
      [...checks, "smoke-tests", "deploy-production", "create-release"],
    ],
    ["push to next", push("next"), [...checks, "integration-tests", "deploy-staging"]],
    ["push to main", push("main"), []],
    ["push to develop", push("develop"), []],
    ["pull request to trunk", pull("trunk"), [...ofPull, "integration-tests", "smoke-tests"]],
    ["pull request to next", pull("next"), [...ofPull, "integration-tests"]],
  ])("%s", (_, trigger, expected) => {
    expect(runs(planOf(trigger, { config: renamed }))).toEqual(expected);
  });

  const inferred = configOf(undefined);
  test.each([
    ["push to master", push("master"), true],
    ["push to trunk", push("trunk"), true],
    ["pull request to master", pull("master"), true],
    ["pull request to release-2", pull("release-2"), true],
    ["push to feature/x", push("feature/x"), false],
  ])("without a config: %s", (_, trigger, expected) => {
    expect(runs(planOf(trigger, { config: inferred })).includes("unit-tests")).toBe(expected);
  });
});

describe("what is asked for and left out", () => {
  test("--only brings what is needed, whatever the event", () => {
    const plan = planOf(push("feature/x"), { only: ["unit-tests"] });
    expect(runs(plan)).toEqual(checks);
    expect(plan.stages.find(({ id }) => id === "unit-tests")?.reason).toBe("asked for by name");
    expect(plan.stages.find(({ id }) => id === "smoke-tests")?.reason).toBe(
      "not among the stages asked for",
    );
  });

  test("--skip wins over --only and the event", () => {
    expect(runs(planOf(push("main"), { only: ["unit-tests"], skip: ["code-quality"] }))).toEqual([
      "unit-tests",
    ]);
    const skipped = planOf(pull("main"), { skip: ["smoke-tests"] });
    expect(skipped.stages.find(({ id }) => id === "smoke-tests")).toMatchObject({
      run: false,
      reason: "left out with --skip",
    });
  });

  test("an act is not brought by asking for it by name", () => {
    expect(runs(planOf(push("feature/x"), { only: ["deploy-production"] }))).not.toContain(
      "deploy-production",
    );
  });

  test("a stage that cannot run says why, also when it is asked for", () => {
    const plan = planOf(push("main"), { only: ["security"] });
    expect(plan.stages.find(({ id }) => id === "security")).toMatchObject({ run: false });
    expect(runs(plan)).toEqual([]);
  });
});

describe("what a stage is made of", () => {
  const step = (plan: Plan, stage: Stage["id"], id: string) =>
    plan.stages.find((s) => s.id === stage)?.steps.find((s) => s.id === id);

  test("before a deploy tests run in sequence, else in parallel", () => {
    const argv = (plan: Plan) => {
      const found = step(plan, "unit-tests", "backend/unit");
      return found?.kind === "exec" ? found.argv : [];
    };
    expect(argv(planOf(pull("main")))).toContain("-n");
    expect(argv(planOf(push("main")))).not.toContain("-n");
    expect(argv(planOf(push("develop")))).not.toContain("-n");
  });

  test("secrets stand in the plan by name only, services by what needs them", () => {
    const plan = planOf(pull("main"));
    expect(step(plan, "integration-tests", "backend/integration")).toMatchObject({
      secrets: ["GROQ_API_KEY"],
      services: ["qdrant"],
      blocking: false,
    });
    expect(step(plan, "unit-tests", "backend/unit")).toMatchObject({ secrets: [], services: [] });
  });

  test("optional secrets are taken if they are there", () => {
    const optional = configOf(`${written}secrets: { GROQ_API_KEY: { optional: true } }\n`);
    const plan = planOf(pull("main"), { config: optional });
    expect(step(plan, "integration-tests", "backend/integration")).toMatchObject({
      secrets: [],
      optionalSecrets: ["GROQ_API_KEY"],
    });
  });

  test("a plan names no path of this machine", () => {
    const text = JSON.stringify(planOf(pull("main")));
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(home|root|tmp|work|usr)\//);
  });
});

describe("a plan as data", () => {
  const inferred: Config = configOf(undefined);
  test.each(events)("%s: is valid, and comes back from JSON as it was", (_, trigger) => {
    for (const plan of [planOf(trigger), planOf(trigger, { config: inferred })]) {
      expect(planSchema.safeParse(plan).error).toBeUndefined();
      expect(readPlan(JSON.stringify(plan), "plan.json")).toEqual({ ok: true, value: plan });
    }
  });

  test("planning the same twice gives the same", () => {
    expect(planOf(pull("main"))).toEqual(planOf(pull("main")));
  });

  test("carries this version", async () => {
    const manifest = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
    expect(gantryVersion).toBe(manifest.version);
    expect(planOf(push("main")).gantry).toBe(manifest.version);
  });
});
