import { describe, expect, it } from "vitest";
import { manifestText, sampleSurvey } from "../../../test/builders/survey.ts";
import type { Component } from "../../config/config.ts";
import { loadConfig } from "../../config/load.ts";
import { pins } from "../../plan/pins.ts";
import type { PlanContext } from "../context.ts";
import { npmPackageOf } from "./node-manager.ts";
import { installSteps, rulesOf } from "./toolchain.ts";

interface Sample {
  readonly context: PlanContext;
  readonly component: Component;
}

function sample(files: Record<string, string>): Sample {
  const survey = sampleSurvey(files);
  const config = loadConfig(undefined, survey);
  const component = config.ok ? config.value.components[0] : undefined;
  if (!config.ok || !component) throw new Error("nothing was inferred");
  const trigger = { event: "manual", branch: "main", commit: "0", eventName: "x", fork: false };
  const branches = { main: "main", develop: "develop" };
  return { component, context: { config: config.value, survey, trigger, branches } as PlanContext };
}

function installed(files: Record<string, string>): string[] {
  const { component, context } = sample(files);
  return installSteps(component, context, "main").map(({ argv }) => argv.join(" "));
}

const project = '[project]\nname = "x"\nversion = "1"\n';
const test = { "tests/test_a.py": "" };
const ci = (run: string): Record<string, string> => ({
  ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n      - run: ${run}\n      - run: pytest\n`,
});

describe("Python", () => {
  it.each([
    [
      "requirements only",
      { "requirements.txt": "pytest\n" },
      ["uv venv --seed --allow-existing .venv", "uv pip install -r requirements.txt"],
    ],
    [
      "a package with extras and a range of Pythons",
      {
        "pyproject.toml": `${project}requires-python = ">=3.10, <3.13"\n[project.optional-dependencies]\ntest = ["pytest"]\n`,
      },
      ["uv venv --seed --allow-existing --python >=3.10,<3.13 .venv", "uv pip install -e .[test]"],
    ],
    [
      "tests and no pytest",
      { "setup.py": "", ...test },
      ["uv venv --seed --allow-existing .venv", `uv pip install -e . pytest<=${pins.pytest}`],
    ],
    [
      "poetry's lock",
      {
        "pyproject.toml":
          '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.10"\n[tool.poetry.group.dev.dependencies]\npytest = "^8"\n[tool.poetry.group.docs]\noptional = true\n',
        "poetry.lock": "",
        ...test,
      },
      [
        "uv venv --seed --allow-existing --python >=3.10,<4 .venv",
        `uvx --with poetry-plugin-export==${pins["poetry-plugin-export"]} poetry@${pins.poetry} export --with dev --output .venv/requirements.txt`,
        "uv pip install -r .venv/requirements.txt",
        `uvx --with poetry-plugin-export==${pins["poetry-plugin-export"]} poetry@${pins.poetry} install --only-root`,
      ],
    ],
    [
      "a lock of uv",
      {
        "pyproject.toml": `${project}[dependency-groups]\ntests = ["pytest"]\n`,
        "uv.lock": "",
        ...test,
      },
      [
        "uv sync --inexact --group tests --no-install-project --no-install-workspace",
        "uv sync --inexact --group tests",
      ],
    ],
    [
      "a lock of uv that its CI wants fresh",
      { "pyproject.toml": project, "uv.lock": "", ...ci("uv sync --locked") },
      [
        "uv sync --locked --inexact --no-install-project --no-install-workspace",
        "uv sync --locked --inexact",
      ],
    ],
  ])("installs %s", (_, files, commands) => {
    expect(installed(files)).toEqual(commands);
  });

  const hooks = "repos:\n  - repo: x\n    rev: v0.15.16\n    hooks:\n      - id: ruff\n";
  it.each([
    ["Gantry's", {}, `uvx ruff@${pins.ruff} check .`],
    ["its hooks'", { ".pre-commit-config.yaml": hooks }, "uvx ruff@0.15.16 check ."],
    ["its own", { "requirements-dev.txt": "ruff==0.1\n" }, "ruff check ."],
    [
      "its lock's",
      { ".pre-commit-config.yaml": hooks, "requirements-dev.txt": "ruff\n", "uv.lock": "" },
      "ruff check .",
    ],
  ])("lints with the ruff that is %s", (_, files, command) => {
    const { component, context } = sample({ "setup.py": "", "ruff.toml": "", ...files });
    const argv = component.quality[0]?.commands[0];
    expect(argv && rulesOf(component).adapt(argv, component, context).join(" ")).toBe(command);
  });
});

describe("Node.js", () => {
  const scripts = { test: "x" };
  it.each([
    [{ scripts }, {}, "npm install --no-audit --no-fund"],
    [{ scripts }, { "package-lock.json": "" }, "npm ci --no-audit --no-fund"],
    [
      { scripts },
      { "package-lock.json": "", ...ci("npm install") },
      "npm install --no-audit --no-fund",
    ],
    [{ scripts }, { "package-lock.json": "", ...ci("npm i -g x") }, "npm ci --no-audit --no-fund"],
    [{ scripts }, { "pnpm-lock.yaml": "" }, "pnpm install --frozen-lockfile"],
    [{ scripts }, { "yarn.lock": "" }, "yarn install --non-interactive --frozen-lockfile"],
    [{ scripts, packageManager: "yarn@4.1.0" }, { "yarn.lock": "" }, "yarn install --immutable"],
  ])("installs %j with %j", (content, files, command) => {
    expect(installed({ "package.json": manifestText(content), ...files })).toEqual([command]);
  });

  it.each([
    [{ packageManager: "pnpm@9.10.0+sha512.abc" }, {}, { pnpm: "9.10.0" }],
    [{}, { "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" }, { pnpm: "8" }],
    [{}, { "pnpm-lock.yaml": "lockfileVersion: 5.4\n" }, { pnpm: "7" }],
    [{}, { "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" }, { pnpm: "10" }],
    [{}, { "yarn.lock": "" }, { yarn: "1" }],
    [{}, { "yarn.lock": "", ".yarnrc.yml": "nodeLinker: node-modules\n" }, { yarn: "4" }],
    [{}, { "yarn.lock": "", ".yarnrc.yml": "yarnPath: .yarn/releases/y.cjs\n" }, { yarn: "1" }],
    [{}, {}, {}],
  ])("of %j and %j takes the manager", (content, files, tools) => {
    const { component, context } = sample({ "package.json": manifestText(content), ...files });
    expect(rulesOf(component).describe(component, context).tools).toEqual(tools);
  });

  it.each([
    ["a plain package", { scripts }, {}, true],
    ["git hooks", { scripts: { ...scripts, prepare: "husky" } }, {}, true],
    ["a package that builds itself", { scripts: { ...scripts, prepare: "tsc" } }, {}, false],
    ["a workspace", { scripts, workspaces: ["a"] }, {}, false],
    ["a workspace of pnpm", { scripts }, { "pnpm-workspace.yaml": "packages:\n  - a\n" }, false],
    ["settings of pnpm", { scripts }, { "pnpm-workspace.yaml": "shamefullyHoist: true\n" }, true],
    ["plug'n'play", { scripts, packageManager: "yarn@4.1.0" }, {}, false],
  ])("keeps what was installed for %s or not", (_, content, files, kept) => {
    const { component, context } = sample({ "package.json": manifestText(content), ...files });
    expect(installSteps(component, context, "main")[0]?.prepares !== undefined).toBe(kept);
  });

  it.each([
    ["yarn", "1.22.22", "yarn"],
    ["yarn", "4.4.1", "@yarnpkg/cli-dist"],
    ["pnpm", "10", "pnpm"],
  ])("brings %s %s from the package %s", (tool, version, expected) => {
    expect(npmPackageOf(tool, version)).toBe(expected);
  });
});
