import { describe, expect, it } from "vitest";
import { configOf, surveyWith } from "../../test/builders/config.ts";
import { sampleTrigger } from "../../test/builders/run.ts";
import { manifestText } from "../../test/builders/survey.ts";
import { planObjections } from "../plan/check-plan.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { ExecStep } from "../plan/step.ts";

const manifest = manifestText({ devDependencies: { "@playwright/test": "^1.60.0" } });
const locked = JSON.stringify(
  { packages: { "node_modules/@playwright/test": { version: "1.65.1" } } },
  null,
  2,
);

function planOf(files: Record<string, string>, suite = "{ run: npx playwright test }"): Plan {
  const all = { "package.json": manifest, "playwright.config.ts": "", ...files };
  return makePlan({
    config: configOf(`components: { web: { path: ., tests: { e2e: ${suite} } } }\n`, all),
    survey: surveyWith(all),
    trigger: { ...sampleTrigger(), event: "manual" },
    source: "git-tree:1",
  });
}

function steps(plan: Plan): ExecStep[] {
  const stage = plan.stages.find(({ id }) => id === "e2e-tests");
  return (stage?.steps ?? []).filter((step) => step.kind === "exec");
}

const fetching = (plan: Plan) => steps(plan).find(({ id }) => id === "web/browsers");

describe("the browsers of a suite", () => {
  it("are fetched after the install and before the suite, early", () => {
    const plan = planOf({});
    expect(planObjections(plan)).toEqual([]);
    expect(steps(plan).map(({ id, needs, after }) => [id, needs, after])).toEqual([
      ["web/install", [], undefined],
      ["web/browsers", ["web/install"], "web/install"],
      ["web/e2e", ["web/browsers"], "web/browsers"],
    ]);
    expect(fetching(plan)).toMatchObject({
      early: true,
      argv: ["npx", "playwright", "install", "chromium"],
      fetches: { what: "a browser for Playwright" },
    });
  });

  it.each([
    ["", ["chromium"]],
    ["projects: [{ use: devices['Desktop Firefox'] }]", ["chromium", "firefox"]],
    ["projects: [{ use: devices['iPhone 15'] }]", ["chromium", "webkit"]],
    ["use: { launchOptions: { executablePath: process.env.CHROMIUM } }", undefined],
    ["use: { channel: 'chrome' }", undefined],
  ])("are those that the config speaks of: %s", (text, expected) => {
    expect(fetching(planOf({ "playwright.config.ts": text }))?.argv.slice(3)).toEqual(expected);
  });

  it.each([
    ["{ run: pnpm exec playwright test }", "pnpm exec playwright install chromium"],
    ["{ run: npm run e2e }", "npx playwright install chromium"],
    ["{ run: node e2e.mjs }", undefined],
  ])("are fetched as the suite calls Playwright: %s", (suite, expected) => {
    const scripts = { e2e: "playwright test" };
    const plan = planOf({ "package.json": manifestText({ scripts }) }, suite);
    expect(fetching(plan)?.argv.join(" ")).toBe(expected);
  });
});

describe("where they run in a container", () => {
  const pnpm = "lockfileVersion: '9.0'\npackages:\n\n  '@playwright/test@1.65.1':\n";
  const yarn = '"@playwright/test@^1.60.0":\n  version "1.65.1"\n';
  const berry = '"@playwright/test@npm:^1.60.0":\n  version: 1.65.1\n';
  it.each([
    ["package-lock.json", locked],
    ["pnpm-lock.yaml", pnpm],
    ["yarn.lock", yarn],
    ["yarn.lock", berry],
  ])("is the image of the version that %s pins", (name, text) => {
    const plan = planOf({ [name]: text });
    expect(plan.toolchains["web.browsers"]).toMatchObject({ kind: "node", browsers: "1.65.1" });
    expect(new Set(steps(plan).map(({ toolchain }) => toolchain))).toEqual(
      new Set(["web.browsers"]),
    );
  });

  it("is the component's own where no version is pinned", () => {
    const plan = planOf({});
    expect(plan.toolchains).not.toHaveProperty("web.browsers");
    expect(new Set(steps(plan).map(({ toolchain }) => toolchain))).toEqual(new Set(["web"]));
  });
});
