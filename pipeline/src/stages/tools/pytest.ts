import type { Command, Suite } from "../../config/config.ts";
import type { Report } from "../../plan/step.ts";
import type { AdaptedTest, TestRequest } from "./adapt.ts";

/** Where `pytest` stands in a command: `pytest`, `python -m pytest`, `uv run pytest`, … */
function pytestAt(argv: Command): number {
  return argv.findIndex((word, index) => {
    if (word !== "pytest" && word !== "py.test") return false;
    return index === 0 || /^(-m|run|python3?|exec|--)$/.test(argv[index - 1] ?? "");
  });
}

/** Has pytest leave JUnit and, where it is measured, coverage as XML, HTML and on the screen. */
export function adaptPytest({ argv, suite, artifact }: TestRequest): AdaptedTest | undefined {
  if (pytestAt(argv) < 0) return undefined;
  const junit = ownOption(argv, "--junitxml", "--junit-xml");
  const leaves: Report[] = [
    {
      format: "junit",
      path: junit ?? "{reports}/pytest-report.xml",
      artifact: `${artifact}/pytest-report.xml`,
    },
  ];
  const base: Command = junit ? argv : [...argv, "--junitxml={reports}/pytest-report.xml"];
  // The legacy xunit1 form is the one that keeps file and line.
  const reporting: Command = [...base, "-o", "junit_family=xunit1"];
  const again: Command = [
    ...withoutCoverage(reporting),
    "--last-failed",
    "--last-failed-no-failures=none",
  ];
  if (!suite.coverage) return { argv: reporting, leaves, tests: true, again };
  leaves.push(
    { format: "cobertura", path: "{reports}/coverage.xml", artifact: `${artifact}/coverage.xml` },
    { format: "folder", path: "{reports}/htmlcov", artifact: `${artifact}/htmlcov` },
  );
  return {
    argv: [...reporting, ...coverageOptions(argv, suite)],
    env: { COVERAGE_FILE: "{reports}/.coverage" },
    leaves,
    tests: true,
    again,
  };
}

function coverageOptions(argv: Command, suite: Suite): string[] {
  const measures = argv.some((word) => word === "--cov" || word.startsWith("--cov="));
  const source = suite.coverage?.source;
  const gated = suite.coverage?.minimum !== undefined;
  const ownLimit = argv.some((word) => word.startsWith("--cov-fail-under"));
  return [
    ...(measures ? [] : [source ? `--cov=${source}` : "--cov"]),
    ...(gated && !argv.includes("--cov-branch") ? ["--cov-branch"] : []),
    // The gate is Gantry's, so that too little coverage is told apart from failing tests.
    ...(gated && !ownLimit ? ["--cov-fail-under=0"] : []),
    "--cov-report=xml:{reports}/coverage.xml",
    "--cov-report=html:{reports}/htmlcov",
    "--cov-report=term-missing:skip-covered",
  ];
}

function withoutCoverage(argv: Command): Command {
  const [program, ...rest] = argv;
  return [program, ...rest.filter((word) => !word.startsWith("--cov"))];
}

function ownOption(argv: Command, ...names: string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    for (const name of names) {
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (word === name) return argv[index + 1];
    }
  }
  return undefined;
}
