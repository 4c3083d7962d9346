import { describe, expect, it } from "vitest";
import { manifestText, sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import type { WrittenComponent } from "../../written.ts";
import { readWorkflows } from "../workflows/workflows.ts";
import { inferNode } from "./node.ts";

function guessed(files: Record<string, string>): ReturnType<typeof inferNode> {
  const survey = sampleSurvey(files);
  return inferNode(folderOf(survey, "."), readWorkflows(survey));
}

function component(
  content: Record<string, unknown>,
  files: Record<string, string> = {},
): WrittenComponent | undefined {
  return guessed({ "package.json": manifestText(content), ...files })?.component;
}

function building(...runs: string[]): Record<string, string> {
  const steps = runs.map((run) => `      - run: ${run}`).join("\n");
  return { ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n${steps}\n` };
}

describe("inferNode", () => {
  it.each([
    [{}, {}, "npm"],
    [{}, { "pnpm-lock.yaml": "" }, "pnpm"],
    [{}, { "yarn.lock": "" }, "yarn"],
    [{ packageManager: "yarn@4.4.1" }, { "package-lock.json": "" }, "yarn"],
    [{ packageManager: "bun@1" }, { "package-lock.json": "" }, "npm"],
  ])("takes the manager of %j and %j", (content, files, expected) => {
    expect(component(content, files)?.toolchain).toBe(expected);
  });

  it.each([
    [{ lint: "eslint ." }, { lint: "npm run lint" }],
    [{ lint: "eslint --fix", "lint:check": "eslint ." }, { lint: "npm run lint:check" }],
    [{ lint: "biome check --apply-unsafe ." }, undefined],
    [{ lint: "npm run lint:all", "lint:all": "eslint --fix ." }, undefined],
    [{ format: "prettier --write ." }, undefined],
    [{ format: "prettier --check ." }, { format: "npm run format" }],
    [{ format: "biome format" }, { format: "npm run format" }],
    [{ typecheck: "tsc --noEmit" }, { types: "npm run typecheck" }],
    [{ "test:types": "tsd" }, undefined],
  ])("takes of %j the checks", (scripts, quality) => {
    expect(component({ scripts })?.quality).toEqual(quality);
  });

  const browserTests = { devDependencies: { "@playwright/test": "1" } };
  it.each([
    [{}, { "playwright.config.ts": "" }, "npx playwright test"],
    [{}, { "playwright.config.mjs": "", "pnpm-lock.yaml": "" }, "pnpm exec playwright test"],
    [{}, { "playwright.config.js": "", "yarn.lock": "" }, "yarn playwright test"],
    [{}, {}, undefined],
    [{ devDependencies: { playwright: "1" } }, { "playwright.config.ts": "" }, undefined],
  ])("with %j and %j has its end-to-end tests", (content, files, run) => {
    const found = component({ ...browserTests, ...content }, files);
    expect(found?.tests).toEqual(run && { e2e: { run } });
  });

  it("takes a script with a name of many meanings where the CI runs it", () => {
    const scripts = { "test:types": "tsd" };
    expect(component({ scripts }, building("npm run test:types"))?.quality).toEqual({
      types: "npm run test:types",
    });
  });

  const all = {
    lint: "eslint .",
    "type-check": "vue-tsc",
    "format:check": "prettier -c .",
    test: "vitest",
    all: "run-p type-check 'lint' npm:format:check",
    some: "npm-run-all format:*",
    build: "vite build",
  };
  it.each([
    ["nothing", [], ["lint", "format", "types"]],
    ["no script of it", ["npm ci", "node x.js"], ["lint", "format", "types"]],
    ["its tests alone", ["npm test"], []],
    ["one of them", ["npm test", "npm run lint"], ["lint"]],
    ["the tool itself", ["npm test", "npx eslint .", "npx vue-tsc --noEmit"], ["lint", "types"]],
    ["them through another", ["npm run all"], ["lint", "format", "types"]],
    ["some of them through another", ["yarn some"], ["format"]],
    [
      "a runner that has files of its own",
      ["npm test", "pre-commit run -a"],
      ["lint", "format", "types"],
    ],
  ])("where the CI runs %s, that is what has to pass", (_, runs, checks) => {
    const files = runs.length > 0 ? building(...runs) : {};
    const guess = guessed({ "package.json": manifestText({ scripts: all }), ...files });
    expect(Object.keys(guess?.component.quality ?? {})).toEqual(checks);
    const left = guess?.inferred.filter(({ what }) => what.endsWith("left out")) ?? [];
    expect(left).toHaveLength(3 - checks.length);
  });

  it("takes all of them where a workflow of others may run them", () => {
    const files = {
      ...building("npm test"),
      ".github/workflows/other.yml":
        "jobs: { a: { uses: other/repo/.github/workflows/ci.yml@v1 } }",
    };
    expect(Object.keys(component({ scripts: all }, files)?.quality ?? {})).toHaveLength(3);
  });

  it.each([
    [["npm run build"], "npm run build"],
    [["npm test"], "npm run build"],
    [["npm run build-only"], "npm run build-only"],
    [["npm run build", "npm run build:docs"], "npm run build"],
    [["npm run build:docs", "npm run build-only"], "npm run build"],
  ])("with %j in its CI it is built by `%s`", (runs, build) => {
    const scripts = {
      build: "run-p type-check build-only",
      "build-only": "vite build",
      "build:docs": "x",
      test: "y",
    };
    expect(component({ scripts }, building(...runs))?.build).toBe(build);
  });

  it("says which script it left out for rewriting files", () => {
    const content = { scripts: { lint: "eslint --fix ." } };
    const { warnings } = guessed({ "package.json": manifestText(content) }) ?? {};
    expect(warnings).toEqual([expect.stringContaining("`lint` of `.` rewrites files")]);
  });

  it.each([
    [{ scripts: { test: "jest" } }, {}, { run: "npm test" }],
    [{ scripts: { test: 'echo "Error: no test specified" && exit 1' } }, {}, undefined],
    [{ scripts: { "test:unit": "tap" } }, {}, { run: "npm run test:unit" }],
    [
      { scripts: { test: "jest", "test:ci": "npm test -- --coverage" } },
      building("npm run test:ci"),
      { run: "npm run test:ci" },
    ],
    [{ workspaces: ["a"] }, {}, { run: "npm test --workspaces --if-present" }],
    [{ workspaces: ["a"] }, { "yarn.lock": "" }, undefined],
    [{}, {}, undefined],
    [{ workspaces: ["a"], scripts: { test: "jest", build: "tsc" } }, {}, { run: "npm test" }, true],
    [
      { workspaces: ["a"], scripts: { pretest: "npm run build", test: "jest", build: "tsc" } },
      {},
      { run: "npm test" },
    ],
    [{ scripts: { test: "jest", build: "tsc" } }, {}, { run: "npm test" }],
    [
      { scripts: { test: "jest", build: "tsc" } },
      building("npm run build", "npm test"),
      { run: "npm test" },
      true,
    ],
  ])("tests %j with %j", (content, files, unit, built?: boolean) => {
    const found = component(content, files);
    expect(found?.tests?.unit).toEqual(unit);
    expect(found?.buildFirst ?? false).toBe(built ?? false);
  });

  it.each([["{ broken"], ["[1]"], ["null"], ['{"a":1,}'], ["\uFFFD\0"]])(
    "lets npm itself fail on `%s`",
    (text) => {
      const guess = guessed({ "package.json": text });
      expect(guess?.component.tests).toEqual({ unit: { run: "npm test" } });
      expect(guess?.warnings).toEqual([expect.stringMatching(/^package\.json cannot be read: /)]);
      expect(guess?.warnings[0]).not.toMatch(/\p{Cc}/u);
    },
  );
});
