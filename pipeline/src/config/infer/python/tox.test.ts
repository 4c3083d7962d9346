import { describe, expect, it } from "vitest";
import { sampleSurvey } from "../../../../test/builders/survey.ts";
import { folderOf } from "../../survey.ts";
import { readTox } from "./tox.ts";

function environments(text: string): ReturnType<typeof readTox> {
  return readTox(folderOf(sampleSurvey({ "tox.ini": text }), "."));
}

describe("readTox", () => {
  it("reads requirements, extras, groups and commands", () => {
    const [base] = environments(
      `[testenv]
deps =
    pytest
    -r requirements/test.txt  # the rest
    coverage: coverage
extras = test, yaml
dependency_groups =
    tests: tests
    docs: docs
commands =
    pytest {posargs:tests}
    mypy: mypy src
`,
    );
    expect(base).toEqual({
      name: "testenv",
      requirements: ["pytest", "-r requirements/test.txt"],
      extras: ["test", "yaml"],
      groups: ["tests"],
      commands: ["pytest tests", "mypy src"],
      variables: {},
      ignored: false,
    });
  });

  it("leaves out what a factor of another purpose asks for", () => {
    const text =
      "[testenv:typing-{mypy,pyright}]\ndeps =\n    pyright: pyright\n    py311: tomli\n";
    expect(environments(text)[0]?.requirements).toEqual(["tomli"]);
  });

  it("knows an environment whose failure is none", () => {
    const text = "[testenv:mypy]\ncommands = mypy\nignore_outcome = true\n";
    expect(environments(text)[0]).toMatchObject({ name: "mypy", ignored: true });
  });

  it.each(["setenv", "set_env"])("reads the variables of %s", (key) => {
    const text = `[testenv]
${key} =
    PYTHONPATH = {toxinidir}
    DJANGO_SETTINGS_MODULE=example.settings.test
    MODE={env:MODE:fast}
    docs: MODE=slow
    COVERAGE_FILE=.coverage.{envname}
    PIP_NO_BINARY=x
    CACHE={envtmpdir}/x
    no pair
`;
    expect(environments(text)[0]?.variables).toEqual({
      PYTHONPATH: ".",
      DJANGO_SETTINGS_MODULE: "example.settings.test",
      MODE: "fast",
    });
  });

  it("answers nothing for what is no ini", () => {
    expect(environments("\0\0[[[\n=\n  x")).toEqual([]);
    expect(readTox(folderOf(sampleSurvey({}), "."))).toEqual([]);
  });
});
