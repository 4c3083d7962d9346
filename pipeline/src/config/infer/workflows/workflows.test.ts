import { describe, expect, it } from "vitest";
import { sampleSurvey } from "../../../../test/builders/survey.ts";
import { readWorkflows } from "./workflows.ts";

function workflow(...runs: string[]): Record<string, string> {
  const steps = runs.map((run) => `      - run: |\n${run.replaceAll(/^/gm, "          ")}`);
  return { ".github/workflows/ci.yml": `jobs:\n  one:\n    steps:\n${steps.join("\n")}\n` };
}

describe("readWorkflows", () => {
  it("knows the scripts that a job runs", () => {
    const { runsScript } = readWorkflows(
      sampleSurvey(workflow("npm run lint", "pnpm test:types\nyarn typecheck")),
    );
    expect(["lint", "test:types", "typecheck", "build"].map(runsScript)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it.each([
    [["npm run build", "npm test"], true],
    [["pnpm build && pnpm test:ci"], true],
    [["yarn build", "yarn lint"], true],
    [["npm test", "npm run build"], false],
    [["npm run build"], false],
  ])("sees whether %s builds before it tests", (runs, expected) => {
    const { buildsFirst } = readWorkflows(sampleSurvey(workflow(...runs)));
    expect(buildsFirst).toBe(expected);
  });

  it("looks into the scripts and the Makefile's targets that a job calls", () => {
    const survey = sampleSurvey({
      ...workflow("scripts/check", "make lint"),
      "scripts/check": "#!/bin/sh\nmypy src\n",
      Makefile: "all: lint\n\nlint:\n\t@ruff check src\n\nother:\n\techo no\n",
    });
    const { lines } = readWorkflows(survey);
    expect(lines).toContain("mypy src");
    expect(lines).toContain("ruff check src");
    expect(lines).not.toContain("echo no");
  });

  it.each([
    ["jobs: { a: { uses: other/repo/.github/workflows/ci.yml@v1 } }", true],
    ["jobs: { a: { uses: ./.github/workflows/own.yml } }", false],
    ["jobs: { a: { steps: [{ uses: pre-commit/action@v3 }] } }", true],
    ["jobs: { a: { steps: [{ uses: wearerequired/lint-action@v2 }] } }", true],
    ["jobs: { a: { steps: [{ uses: actions/checkout@v6 }, 3] } }", false],
    ["jobs: 3", false],
  ])("sees in `%s` whether others check: %s", (text, expected) => {
    const survey = sampleSurvey({ ".github/workflows/a.yml": text });
    expect(readWorkflows(survey).handsOver).toBe(expected);
  });

  it.each([["jobs: 3"], ["{{"], ["jobs: {a: {steps: [{run: 3}, 4]}}"], [""]])(
    "hints at nothing for `%s`",
    (text) => {
      expect(readWorkflows(sampleSurvey({ ".github/workflows/a.yml": text })).lines).toEqual([]);
    },
  );
});
