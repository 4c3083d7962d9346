import { expect, it } from "vitest";
import { readToml } from "../toml.ts";
import { taskLines } from "./tasks.ts";

const text = `
[taskipy.tasks]
mypy = "mypy --strict ."
test = { cmd = "pytest tests", help = "x" }
[poe.tasks]
lint = ["ruff check .", { cmd = "mypy src" }]
shown = { shell = """
ruff check .
mypy src""" }
"test:all" = "tox"
ci.sequence = ["lint", { cmd = "ruff format" }, "cover"]
cover.ref = "loud -v --cov=x"
loud.cmd = "pytest -n auto"
round.sequence = ["round", "lint"]
both.parallel = ["ruff check .", { ref = "loud" }]
[pdm.scripts]
test = { cmd = ["pytest", "-x", "tests"] }
all = { composite = ["ruff check .", "mypy src"] }
[hatch.envs.default.scripts]
cov = "coverage run -m pytest"
[hatch.envs.types.scripts]
check = ["mypy src"]
`;

it.each([
  ["poetry run task mypy", ["mypy --strict ."]],
  ["task test", ["pytest tests"]],
  ["uv run poe lint", ["ruff check .", "mypy src"]],
  ["poe shown", ["ruff check .", "mypy src"]],
  ["poe test:all", ["tox"]],
  ["poe ci", ["ruff check .", "mypy src", "ruff format", "pytest -n auto -v --cov=x"]],
  ["poe round", ["ruff check .", "mypy src"]],
  ["poe both", ["ruff check .", "pytest -n auto"]],
  ["pdm run test", ["pytest -x tests"]],
  ["pdm run all -v", ["ruff check .", "mypy src"]],
  ["hatch run cov", ["coverage run -m pytest"]],
  ["hatch run types:check", ["mypy src"]],
  ["task lint", []],
  ["pdm run pytest tests", []],
  ["pip install taskipy", []],
  ["", []],
])("`%s` starts %j", (line, lines) => {
  const read = readToml(text);
  expect("table" in read && taskLines(line, read.table)).toEqual(lines);
});

it.each(["[taskipy]\ntasks = 3", "[taskipy.tasks]\na = 3", "[hatch]\nenvs = { a = 1 }", ""])(
  "%s starts nothing",
  (broken) => {
    const read = readToml(broken);
    expect(
      "table" in read && ["task a", "hatch run a"].flatMap((line) => taskLines(line, read.table)),
    ).toEqual([]);
  },
);
