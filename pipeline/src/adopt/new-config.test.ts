import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { inferredFrom } from "../../test/builders/root-files.ts";
import { manifestText, sampleSurvey } from "../../test/builders/survey.ts";
import type { Config } from "../config/config.ts";
import { loadConfig } from "../config/load.ts";
import type { Survey } from "../config/survey.ts";
import { newConfig } from "./new-config.ts";

const shapes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  uv: {
    "pyproject.toml":
      '[project]\nname = "a"\n[tool.pytest.ini_options]\n[tool.ruff]\n[dependency-groups]\ndev = ["pytest"]\n',
    "uv.lock": "",
    "tests/test_a.py": "",
  },
  "integration beside unit": {
    "pyproject.toml": '[project]\nname = "a"\n[tool.pytest.ini_options]\n',
    "uv.lock": "",
    "tests/unit/test_a.py": "",
    "tests/integration/test_b.py": "",
    Dockerfile: "FROM scratch\nEXPOSE 9000\n",
  },
  requirements: { "requirements.txt": "flask\n", "test_a.py": "" },
  "npm with mocha": {
    "package.json": manifestText({ scripts: { test: "mocha", lint: "eslint ." } }),
    "package-lock.json": "{}",
  },
  "npm with measured vitest": {
    "package.json": manifestText({
      scripts: { test: "vitest run" },
      devDependencies: { vitest: "4", "@vitest/coverage-v8": "4" },
    }),
    "package-lock.json": "{}",
  },
  "two of them": {
    "pyproject.toml": '[project]\nname = "a"\n[tool.pytest.ini_options]\n',
    "tests/test_a.py": "",
    "web/package.json": manifestText({
      scripts: { test: "jest" },
      devDependencies: { jest: "30" },
    }),
    "web/package-lock.json": "{}",
  },
  "no tests": { "setup.py": "from setuptools import setup\nsetup()\n" },
  empty: {},
};

const configOf = (text: string, survey: Survey): Config => {
  const config = loadConfig({ text, file: "gantry.yaml" }, survey);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  return config.value;
};
const unitMinimum = (shape: string): Record<string, number | undefined> => {
  const survey = sampleSurvey(shapes[shape] ?? {});
  const { components } = configOf(newConfig(survey), survey);
  return Object.fromEntries(
    components.map(({ name, tests }) => [name, tests.unit?.coverage?.minimum]),
  );
};

describe.each(Object.entries(shapes))("of a repository with %s", (_, files) => {
  const survey = sampleSurvey(files);
  const text = newConfig(survey);

  test("the new config is valid, and the same every time", () => {
    expect(newConfig(survey)).toBe(text);
    configOf(text, survey);
  });

  test("it keeps what is inferred without it: components, checks, suites", () => {
    const bare = loadConfig(undefined, survey);
    if (!bare.ok) throw new Error(JSON.stringify(bare.problems));
    const kept = ({ components }: Config) =>
      components.map(({ name, path, toolchain, quality, install, tests }) => ({
        ...{ name, path, toolchain, quality, install },
        suites: Object.entries(tests).map(([kind, { run, blocking }]) => ({ kind, run, blocking })),
      }));
    expect(kept(configOf(text, survey))).toEqual(kept(bare.value));
  });

  test("what it suggests is right when its `# ` is taken away", () => {
    const bare = text.replaceAll(
      /^# (?=( |image:|services:|security:|environments:|secrets:))/gm,
      "",
    );
    expect(Object.keys(parse(bare) as object)).toEqual(
      expect.arrayContaining(["environments", "secrets"]),
    );
    expect(configOf(bare, survey).environments.map(({ name }) => name)).toEqual([
      "production",
      "staging",
    ]);
  });
});

describe("the coverage that is asked for", () => {
  test("is 70 % where something measures it", () => {
    expect(unitMinimum("uv")).toEqual({ python: 70 });
    expect(unitMinimum("npm with measured vitest")).toEqual({ node: 70 });
    expect(unitMinimum("two of them")).toEqual({ python: 70, web: 70 });
  });

  test("is nothing where nothing does, and the config says what would", () => {
    expect(unitMinimum("npm with mocha")).toEqual({ node: 0 });
    expect(newConfig(sampleSurvey(shapes["npm with mocha"] ?? {}))).toContain("then ask for 70");
    expect(unitMinimum("no tests")).toEqual({ python: undefined });
  });
});

test("how versions are made is written down, with where it was found", async () => {
  const files = { "pyproject.toml": "[tool.commitizen]\ntag_format = 'v$version'\n" };
  const survey = sampleSurvey(files);
  const text = newConfig(survey, await inferredFrom(files));
  expect(text).toContain("# Found:\n# below 1.0.0 ");
  expect(text).toContain("(pyproject.toml [tool.commitizen] of commitizen)\n");
  const { release } = configOf(text, survey).written;
  expect(release).toEqual({
    zero: { breaking: "major", feature: "minor" },
    types: { refactor: "patch", revert: "none" },
    tag: "v{version}",
  });
});

test("nothing is written of releases where Gantry does the same anyway", async () => {
  const files = { ".releaserc.json": "{" };
  expect(newConfig(sampleSurvey(files), await inferredFrom(files))).toBe(
    newConfig(sampleSurvey(files)),
  );
});

test("names from the repository cannot leave their comment", () => {
  const survey = sampleSurvey({
    "pyproject.toml": '[project]\nname = "a"\n',
    "uv.lock": "",
    "tests/test_a\nname: evil\n.py": "",
  });
  expect((parse(newConfig(survey)) as { name: string }).name).toBe("sample");
});
