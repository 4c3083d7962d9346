import { describe, expect, it } from "vitest";
import { sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import type { WrittenComponent } from "../../written.ts";
import { readWorkflows } from "../workflows/workflows.ts";
import { inferPython } from "./python.ts";

function guessed(files: Record<string, string>): ReturnType<typeof inferPython> {
  const survey = sampleSurvey(files);
  return inferPython(folderOf(survey, "."), readWorkflows(survey));
}

function component(files: Record<string, string>): WrittenComponent | undefined {
  return guessed(files)?.component;
}

const project = '[project]\nname = "x"\nversion = "1"\n';
const tested = { "tests/test_a.py": "" };
const hooks = `repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.15.16
    hooks:
      - id: ruff
        exclude: ^old/
      - id: ruff-format
        exclude: ^old/
`;

function job(...runs: string[]): Record<string, string> {
  const steps = runs.map((run) => `      - run: ${run}`).join("\n");
  return { ".github/workflows/ci.yml": `jobs:\n  a:\n    steps:\n${steps}\n` };
}

function hookFile(more: string): Record<string, string> {
  const repo = "https://github.com/pre-commit/mirrors-mypy";
  const text = `repos:\n- repo: ${repo}\n  rev: v2.1.0\n  hooks:\n    - id: mypy\n${more}`;
  return { ".pre-commit-config.yaml": text };
}

describe("inferPython", () => {
  it.each([
    ["a package", { "pyproject.toml": project }, "pip"],
    ["requirements only", { "requirements.txt": "flask\n" }, "pip"],
    ["setup.py", { "setup.py": "" }, "pip"],
    ["a lock of uv", { "pyproject.toml": project, "uv.lock": "" }, "uv"],
    ["settings of tools alone", { "pyproject.toml": "[tool.black]\n" }, undefined],
    ["nothing", {}, undefined],
  ])("knows %s", (_, files, toolchain) => {
    expect(component(files)?.toolchain).toBe(toolchain);
  });

  it.each([
    ["no tests", {}, undefined],
    ["test files", tested, "pytest"],
    ["settings", { "pytest.ini": "" }, "pytest"],
    ["a call of its own", { ...tested, ...job("uv run pytest -v tests") }, "pytest tests"],
    ["two calls", { ...tested, ...job("pytest tests/a", "pytest tests/b") }, "pytest"],
    [
      "tox",
      { ...tested, "tox.ini": "[testenv]\ncommands = coverage run -m pytest {posargs:tests}\n" },
      "pytest tests",
    ],
    [
      "unittest only",
      { ...tested, ...job('python -m unittest discover -s tests -p "*_test.py"') },
      "python -m pytest -o 'python_files=*_test.py' tests",
    ],
    [
      "unittest beside pytest",
      { ...tested, ...job("python -m unittest"), "requirements-dev.txt": "pytest\n" },
      "pytest",
    ],
    [
      "one file with all of them",
      { "tests.py": "import unittest\n", "requirements.txt": "" },
      "pytest tests.py",
    ],
    ["a file that is only called so", { "tests.py": "x = 1\n", "requirements.txt": "" }, undefined],
    [
      "Django",
      { "manage.py": "", "app/tests.py": "", "requirements.txt": "django>=6\n" },
      "python manage.py test",
    ],
    [
      "Django with pytest",
      { "manage.py": "", ...tested, "requirements.txt": "django\npytest-django\n" },
      "pytest",
    ],
  ])("with %s", (_, files, run) => {
    expect(component({ "pyproject.toml": project, ...files })?.tests?.unit).toEqual(
      run === undefined ? undefined : { run },
    );
  });

  it.each([
    ["tests in a browser beside others", { "e2e/test_b.py": "" }, "pytest --ignore=e2e"],
    ["such tests among the others", { "tests/e2e/test_b.py": "" }, "pytest --ignore=tests/e2e"],
    ["nothing to test there", { "e2e/upload.py": "" }, "pytest"],
    [
      "two calls",
      { "e2e/test_b.py": "", ...job("pytest --ignore=e2e", "pytest e2e") },
      "pytest --ignore=e2e",
    ],
    ["one call of all", { "e2e/test_b.py": "", ...job("pytest") }, "pytest"],
    ["one call of some", { "e2e/test_b.py": "", ...job("pytest e2e") }, "pytest e2e"],
  ])("with %s, unit tests are those of the parts", (_, files, run) => {
    const all = { "pyproject.toml": project, ...tested, ...files };
    expect(component(all)?.tests?.unit).toEqual({ run });
  });

  it("gives the tests the variables that tox gives them", () => {
    const tox = "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE = x.settings\n";
    const files = { "pyproject.toml": project, ...tested, "tox.ini": tox };
    const unit = { run: "pytest", env: { DJANGO_SETTINGS_MODULE: "x.settings" } };
    expect(component(files)?.tests).toEqual({ unit });
  });

  it("leaves out both integration tests and such in a browser", () => {
    const kinds = ["tests/unit/test_a.py", "tests/integration/test_b.py", "e2e/test_c.py"];
    const files = Object.fromEntries(kinds.map((file) => [file, ""]));
    expect(component({ "pyproject.toml": project, ...files })?.tests).toEqual({
      unit: { run: "pytest --ignore=e2e --ignore=tests/integration" },
      integration: { run: "pytest tests/integration", blocking: true },
    });
  });

  it.each([
    [["aaa", "x"], "x"],
    [["e2e", "load_tests", "my_app"], "my_app"],
    [["tests"], undefined],
  ])("measures of %j the coverage of %s", (folders, source) => {
    const files = Object.fromEntries(folders.map((name) => [`${name}/__init__.py`, ""]));
    const found = component({
      "pyproject.toml": project,
      "requirements-dev.txt": "pytest-cov\n",
      ...tested,
      ...files,
    })?.tests?.unit;
    expect(found && typeof found === "object" && "coverage" in found ? found.coverage : {}).toEqual(
      source === undefined ? {} : { source },
    );
  });

  it("measures coverage where pytest-cov is brought", () => {
    const files = { "requirements-dev.txt": "pytest\npytest-cov\n", "src/x/__init__.py": "" };
    expect(component({ "pyproject.toml": project, ...tested, ...files })?.tests?.unit).toEqual({
      run: "pytest",
      coverage: { source: "src" },
    });
  });

  it.each([
    ["nothing of ruff", {}, undefined],
    ["its settings", { "ruff.toml": "" }, { lint: "ruff check ." }],
    [
      "its hooks",
      { ".pre-commit-config.yaml": hooks, "old/a.py": "", "src/b.py": "" },
      {
        lint: "ruff check . --extend-exclude old",
        format:
          "ruff format --check . --exclude .venv --exclude venv --exclude node_modules --exclude dist --exclude _build --exclude site-packages --exclude old",
      },
    ],
    [
      "its hooks, and what its settings leave out",
      {
        ".pre-commit-config.yaml": hooks,
        "ruff.toml": 'exclude = ["gen"]\n',
        "old/a.py": "",
        "src/b.py": "",
      },
      {
        lint: "ruff check . --extend-exclude old",
        format: "ruff format --check . --exclude .venv --exclude gen --exclude old",
      },
    ],
    [
      "its hooks, and nothing that they leave out",
      { ".pre-commit-config.yaml": hooks, "a.py": "" },
      { lint: "ruff check .", format: "ruff format --check ." },
    ],
    ["a CI that does not call it", { "ruff.toml": "", ...job("pytest") }, undefined],
    ["a CI that does", { "ruff.toml": "", ...job("ruff check src") }, { lint: "ruff check src" }],
  ])("with %s", (_, files, quality) => {
    expect(component({ "pyproject.toml": project, ...files })?.quality).toEqual(quality);
  });

  it.each([
    ["targets in its settings", '[tool.mypy]\nfiles = ["x"]\n', {}, "mypy"],
    ["a package", "[tool.mypy]\n", { "x/__init__.py": "" }, "mypy x"],
    ["no code to name", "[tool.mypy]\n", {}, undefined],
    ["a CI of its own", "[tool.mypy]\n", job("uv run mypy x tests"), "mypy x tests"],
    ["a CI without it", "[tool.mypy]\n", { "x/__init__.py": "", ...job("pytest") }, undefined],
    [
      "a CI that has its commands in a matrix",
      "[tool.mypy]\n",
      {
        "x/__init__.py": "",
        ".github/workflows/ci.yml":
          // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own words
          "jobs:\n  a:\n    strategy: { matrix: { run: [mypy ./x, pylint x] } }\n    steps: [{ run: 'uv run ${{ matrix.run }}' }]\n",
      },
      "mypy ./x",
    ],
    [
      "a task that its CI runs",
      '[tool.mypy]\n[tool.taskipy.tasks]\nmypy = "mypy --strict ."\n',
      job("poetry run task mypy"),
      "mypy --strict .",
    ],
    [
      "a hook that sees nothing of what is installed",
      "[tool.mypy]\n",
      { ...hookFile("      exclude: ^src/old/\n"), "src/old/a.py": "", "src/x.py": "" },
      "mypy --no-site-packages --ignore-missing-imports --scripts-are-modules --exclude '^src/old(/|$)' src",
    ],
    [
      "a hook with words of its own",
      "[tool.mypy]\n",
      { ...hookFile("      args: [--strict]\n"), "src/x.py": "" },
      "mypy --no-site-packages --strict src",
    ],
    [
      "a hook with dependencies",
      "[tool.mypy]\n",
      { ...hookFile("      additional_dependencies: [types-x]\n"), "src/x.py": "" },
      "mypy src",
    ],
    [
      "a hook beside a call",
      "[tool.mypy]\n",
      { ...hookFile(""), ...job("mypy src"), "src/x.py": "" },
      "mypy src",
    ],
    [
      "a tox that does not mind it",
      "[tool.mypy]\n",
      {
        "x/__init__.py": "",
        "tox.ini": "[testenv:mypy]\ncommands = mypy\nignore_outcome = true\n",
      },
      undefined,
    ],
  ])("checks types with %s", (_, settings, files, types) => {
    expect(component({ "pyproject.toml": project + settings, ...files })?.quality?.types).toBe(
      types,
    );
  });

  it.each([
    ["its CI", job("uv run black --check .", "flake8 src"), ["`black`, `flake8`"]],
    ["its tox", { "tox.ini": "[testenv:lint]\ncommands = isort --check .\n" }, ["`isort`"]],
    [
      "its hooks",
      { ".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks: [{ id: codespell }]\n" },
      ["`codespell`"],
    ],
    ["nobody", job("pip install black", "ruff check ."), []],
  ])("says which judges of code %s runs that it does not take", (_, files, named) => {
    const warnings = guessed({ "pyproject.toml": project, ...files })?.warnings ?? [];
    expect(warnings.map((text) => /runs (.*): not taken/.exec(text)?.[1])).toEqual(named);
  });

  it("knows that a version from tags needs git's history", () => {
    const text = `${project}[build-system]\nrequires = ["hatch-vcs"]\n`;
    expect(component({ "pyproject.toml": text })?.history).toBe(true);
  });

  it("reads past the comments of .python-version", () => {
    const files = { "requirements.txt": "", ".python-version": "# which one\n3.12\n" };
    expect(component(files)?.python).toBe("3.12");
  });

  it("lets the project's own tools fail on a broken pyproject.toml", () => {
    const guess = guessed({ "pyproject.toml": "[project" });
    expect(guess?.component.tests).toEqual({ unit: { run: "pytest" } });
    expect(guess?.warnings).toEqual([expect.stringMatching(/^pyproject\.toml is not valid TOML/)]);
  });
});
