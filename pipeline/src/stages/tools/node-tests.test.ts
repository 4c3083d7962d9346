import { expect, it } from "vitest";
import { manifestText, sampleSurvey } from "../../../test/builders/survey.ts";
import type { Command } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import type { PlanContext } from "../context.ts";
import { adaptNodeTest } from "./node-tests.ts";

function adapted(scripts: Record<string, string>, command: string): string | undefined {
  const survey = sampleSurvey({ "package.json": manifestText({ scripts }) });
  const config = loadConfig(undefined, survey);
  if (!config.ok) throw new Error("no config");
  const [component] = config.value.components;
  const suite = component?.tests.unit;
  if (!component || !suite) throw new Error("no tests");
  const argv = command.split(" ") as unknown as Command;
  const context = { config: config.value, survey } as PlanContext;
  return adaptNodeTest({ argv, suite, component, context, artifact: "a" })?.argv.join(" ");
}

const jest = "--json --outputFile={reports}/jest.json";
const vitest = "--reporter=default --reporter=junit --outputFile.junit={reports}/vitest-report.xml";

it.each([
  [{ test: "jest" }, "npm test", `npm test -- ${jest}`],
  [{ test: "cross-env A=1 jest" }, "yarn test", `yarn test ${jest}`],
  [{ test: "vitest run" }, "pnpm test", `pnpm test ${vitest}`],
  [
    { test: "jest", "test:ci": "npm run test -- --coverage" },
    "npm run test:ci",
    `npm run test:ci -- ${jest}`,
  ],
  [{ test: "jest", "test:ci": "npm run test" }, "npm run test:ci", undefined],
  [
    { test: "jest", "test:cov": "yarn test --coverage" },
    "yarn run test:cov",
    `yarn run test:cov ${jest}`,
  ],
  [{ test: "yarn test" }, "yarn test", undefined],
  [{ test: "lint && jest" }, "npm test", undefined],
  [{ test: "mocha" }, "npm test", undefined],
  [{ test: "jest-runner" }, "npm test", undefined],
])("with %j asks of `%s` for reports", (scripts, command, expected) => {
  expect(adapted(scripts as unknown as Record<string, string>, command)).toBe(expected);
});
