import { expect, it } from "vitest";
import { manifestText, sampleSurvey } from "../../../test/builders/survey.ts";
import { loadConfig } from "../../config/load.ts";
import type { ExecStep } from "../../plan/step.ts";
import type { PlanContext } from "../context.ts";
import { testSteps } from "../test-steps.ts";

function stepFor(suite: string, scripts: Record<string, string> = {}): ExecStep {
  const survey = sampleSurvey({ "package.json": manifestText({ scripts }) });
  const yaml = `components: { web: { path: ., toolchain: npm, tests: { e2e: ${suite} } } }\n`;
  const config = loadConfig({ text: yaml, file: "gantry.yaml" }, survey);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const context = { config: config.value, survey, trigger: { event: "manual" } } as PlanContext;
  return testSteps(context, "e2e", "e2e-tests").at(-1) as ExecStep;
}

const reports =
  "--reporter=list,json,junit,html --output={reports}/results --trace=retain-on-failure";

it.each([
  ["npx playwright test", `npx playwright test ${reports} --retries=1`],
  ["pnpm exec playwright test shop", `pnpm exec playwright test shop ${reports} --retries=1`],
  ["yarn playwright test", `yarn playwright test ${reports} --retries=1`],
  ["npm run e2e", `npm run e2e -- ${reports} --retries=1`],
  ["npm run e2e:ci", "npm run e2e:ci"],
  ["npx playwright test --retries=3", `npx playwright test --retries=3 ${reports}`],
  [
    "npx playwright test --trace on",
    `npx playwright test --trace on ${reports.replace(/ --trace.*/, "")} --retries=1`,
  ],
  ["npx playwright install", "npx playwright install"],
])("%s becomes %s", (run, expected) => {
  const scripts = { e2e: "playwright test", "e2e:ci": "build && playwright test" };
  expect(stepFor(`{ run: ${run} }`, scripts).argv.join(" ")).toBe(expected);
});

it("keeps results, the page and what is left of failures, and lets Playwright try again", () => {
  const step = stepFor("{ run: npx playwright test, retries: 2, flaky: fail }");
  expect(step).toMatchObject({
    tests: true,
    retry: { times: 2, flaky: "fail" },
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: "{reports}/report.json", PLAYWRIGHT_HTML_OPEN: "never" },
  });
  expect(step.retry).not.toHaveProperty("argv");
  expect(step.leaves.map(({ format, artifact }) => [format, artifact])).toEqual([
    ["playwright", "e2e-tests/web/e2e/report.json"],
    ["folder", "e2e-tests/web/e2e/html"],
    ["folder", "e2e-tests/web/e2e/results"],
  ]);
});

it("asks for no second try where none is wanted", () => {
  const step = stepFor("{ run: npx playwright test, retries: 0 }");
  expect(step.argv).toContain("--retries=0");
  expect(step).not.toHaveProperty("retry");
});
