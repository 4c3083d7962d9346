import { describe, expect, it } from "vitest";
import { ownCall, testedBy } from "./own-commands.ts";

describe("ownCall", () => {
  it.each([
    ["pytest tests", "tests"],
    ["- pytest tests", "tests"],
    ["uv run pytest tests", "tests"],
    ["uv run --with pytest-cov pytest ./tests", "./tests"],
    ["poetry run pytest -q tests", "-q tests"],
    ["coverage run -m pytest test.py", "test.py"],
    ["uv run coverage run --branch -m pytest", ""],
    ["python -m pytest -m 'not slow'", "-m not slow"],
    ["venv/bin/python3.12 -m pytest", ""],
    ["pip install x && pytest tests", "tests"],
    ['pytest tests "$@"', "tests"],
    ["python -m pytest $@", ""],
  ])("reads `%s`", (line, expected) => {
    expect(ownCall([line], "pytest")).toEqual({
      kind: "one",
      arguments: expected === "" ? [] : expect.any(Array),
    });
    const call = ownCall([line], "pytest");
    expect(call.kind === "one" && call.arguments.join(" ")).toBe(expected);
  });

  it.each([
    ["pip install pytest"],
    ["pytest-xdist"],
    ["echo pytest"],
    [""],
    ["poetry run task pytest"],
    ["uv run --group x poe pytest"],
  ])("finds no call in `%s`", (line) => {
    expect(ownCall([line], "pytest")).toEqual({ kind: "none" });
  });

  it.each([
    [["pytest tests/unit", "pytest tests/integration"]],
    [["pytest $ARGS"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own words
    [["pytest ${{ matrix.args }}"]],
    [["pytest | tee log"]],
  ])("does not choose for %s", (lines) => {
    expect(ownCall(lines, "pytest")).toEqual({ kind: "many" });
  });

  it("takes the same call twice for one", () => {
    expect(ownCall(["pytest tests", "uv run pytest tests"], "pytest").kind).toBe("one");
  });
});

describe("testedBy", () => {
  it.each([
    ["-v --color=yes -n auto tests", "tests"],
    ["--cov --cov-report=xml", ""],
    ["--cov src --cov-report xml tests", "tests"],
    ["-rfEX -x --tb short", ""],
    [
      "-m slow -k name --ignore=a -p no:cacheprovider",
      "-m slow -k name --ignore=a -p no:cacheprovider",
    ],
    ["--run-integration", "--run-integration"],
    ["-o junit_family=legacy -o python_files=a", "-o python_files=a"],
  ])("keeps of `%s` what decides", (words, kept) => {
    expect(testedBy(words.split(" ")).join(" ")).toBe(kept);
  });
});
