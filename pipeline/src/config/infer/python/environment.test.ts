import { describe, expect, it } from "vitest";
import { sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import { readWorkflows } from "../workflows/workflows.ts";
import type { PythonEnvironment } from "./environment.ts";
import { readPythonProject } from "./project.ts";

function environment(pyproject: string, files: Record<string, string> = {}): PythonEnvironment {
  const survey = sampleSurvey({
    "pyproject.toml": `[project]\nname = "x"\n${pyproject}`,
    ...files,
  });
  const found = readPythonProject(folderOf(survey, "."), readWorkflows(survey));
  if (!found) throw new Error("no project");
  return found.environment;
}

function job(...runs: string[]): Record<string, string> {
  const steps = runs.map((run) => `      - run: ${run}`).join("\n");
  return { ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n${steps}\n` };
}

describe("groups", () => {
  it.each([
    ["by name", 'tests = ["pytest"]\ndocs = ["sphinx"]', ["tests"]],
    ["with pytest where none has the name", 'qa = ["pytest>=8"]\ndocs = ["sphinx"]', ["qa"]],
    ["through others", 'all-of-it = [{include-group = "a"}]\na = ["pytest"]', ["all-of-it"]],
    ["by default", 'dev = ["ruff"]\ntyping = ["mypy"]', ["dev", "typing"]],
  ])("are taken %s", (_, groups, expected) => {
    expect(environment(`[dependency-groups]\n${groups}\n`).groups).toEqual(expected);
  });

  it("follows uv's own default, and leaves out what conflicts", () => {
    const text = `[dependency-groups]
tests = ["pytest"]
extra = ["y"]
ci = ["z"]
[tool.uv]
default-groups = ["tests", "extra"]
conflicts = [[{ group = "ci" }, { group = "tests" }]]
`;
    expect(environment(text).groups).toEqual(["tests", "extra"]);
  });

  it("takes those that the CI's test jobs name", () => {
    const text = '[dependency-groups]\nsome = ["y"]\nother = ["z"]\n';
    expect(environment(text, job("uv sync --group some", "pytest")).groups).toEqual(["some"]);
    expect(environment(text, job("uv sync --group some", "sphinx-build")).groups).toEqual([]);
  });
});

describe("extras", () => {
  const extras = '[project.optional-dependencies]\ntest = ["pytest"]\nyaml = ["y"]\ndocs = ["s"]\n';
  it.each([
    ["by name", {}, ["test"]],
    ["as the CI does", job('pip install -e ".[test,yaml]"', "pytest"), ["test", "yaml"]],
    ["all of them", job("uv sync --all-extras", "pytest"), ["test", "yaml"]],
    ["as tox does", { "tox.ini": "[testenv]\nextras = yaml\n" }, ["yaml", "test"]],
  ])("are taken %s", (_, files, expected) => {
    expect(environment(extras, files).extras).toEqual(expected);
  });

  it.each([
    ["setup.py", 'setup(extras_require={"test": ["pytest", "x"], "docs": ["s"]})'],
    ["setup.cfg", "[options.extras_require]\ntest =\n    pytest\n    x\ndocs = s\n\n[other]\n"],
  ])("are read from %s", (file, text) => {
    const found = environment("", { [file]: text });
    expect(found.extras).toEqual(["test"]);
    expect(found.brings("pytest")).toBe(true);
  });
});

describe("files and single requirements", () => {
  it("takes files whose names stand for running and testing", () => {
    const files = ["requirements.txt", "requirements-dev.txt", "requirements/test.txt"];
    const others = ["requirements-docs.txt", "requirements/lint-extra.txt"];
    const all = Object.fromEntries([...files, ...others].map((file) => [file, "x\n"]));
    expect([...environment("", all).files].sort()).toEqual([...files].sort());
  });

  it("takes the file that tox or the CI names", () => {
    const file = { "requirements/special.txt": "x\n" };
    const tox = { "tox.ini": "[testenv]\ndeps = -r requirements/special.txt\n" };
    expect(environment("", { ...file, ...tox }).files).toEqual(["requirements/special.txt"]);
    const ci = job("pip install -r requirements/special.txt", "pytest");
    expect(environment("", { ...file, ...ci }).files).toEqual(["requirements/special.txt"]);
  });

  it("leaves out the file of everything where tox names the ones that a package's tests need", () => {
    const files = { "requirements.txt": "-r requirements/docs.txt\n", "requirements/t.txt": "x\n" };
    const tox = { "tox.ini": "[testenv]\ndeps = -rrequirements/t.txt\n" };
    expect(environment("", { ...files, ...tox }).files).toEqual(["requirements/t.txt"]);
    const ci = job("pip install -r requirements/t.txt", "pytest");
    expect(environment("", { ...files, ...ci }).files).toEqual([
      "requirements.txt",
      "requirements/t.txt",
    ]);
  });

  it("takes what tox and hatch install, and packages of the same repository", () => {
    const hatch = '[tool.hatch.envs.test]\ndependencies = ["pytest-mock"]\n';
    const found = environment(hatch, {
      "tox.ini": "[testenv]\ndeps =\n    pytest<9\n    -r missing.txt\n",
      "inner/setup.py": "",
      ...job("pip install ./inner ./none .", "pytest"),
    });
    expect(found.requirements).toEqual(["pytest<9", "pytest-mock", "./inner"]);
  });
});
