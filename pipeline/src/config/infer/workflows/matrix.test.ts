import { expect, it } from "vitest";
import { matrixLines } from "./matrix.ts";

const matrix = {
  args: ["-x", "tests"],
  python: [3.11, "3.12"],
  target: [{ name: "types", command: "mypy src" }, { name: "lint", command: "pylint src" }, 4],
  include: [{ args: "docs", extra: "a\nb" }, null],
};

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's own words
it.each([
  ["pytest ${{ matrix.args }}", ["pytest -x", "pytest tests", "pytest docs"]],
  ["uv run ${{matrix.target.command}}", ["uv run mypy src", "uv run pylint src"]],
  ["${{ matrix.extra }}", ["a", "b"]],
  ["tox -e py${{ matrix.python }}", ["tox -e py3.12"]],
  ["pytest ${{ matrix.args }} ${{ matrix.python }}", undefined],
  ["pytest ${{ matrix.unknown }}", undefined],
  ["pytest ${{ github.ref }}", undefined],
  ["pytest", undefined],
])("`%s` stands for %j", (line, lines) => {
  expect(matrixLines(line, matrix)).toEqual(lines ?? [line]);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: GitHub's own words

it.each([{}, { args: "x" }, { args: { a: 1 } }, { include: "x" }])("%j is no matrix", (broken) => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own words
  const line = "pytest ${{ matrix.args }}";
  expect(matrixLines(line, broken)).toEqual([line]);
});
