import type { Command, Component } from "../../config/config.ts";
import { hookOf } from "../../config/infer/python/hooks.ts";
import { type PythonProject, readPythonProject } from "../../config/infer/python/project.ts";
import { readWorkflows } from "../../config/infer/workflows/workflows.ts";
import { folderOf } from "../../config/survey.ts";
import { pins } from "../../plan/pins.ts";
import type { Toolchain } from "../../plan/plan.ts";
import type { PlanContext } from "../context.ts";

export function pythonToolchain(component: Component, context: PlanContext): Toolchain {
  const image = context.config.images.python;
  return {
    kind: "python",
    ...(component.python && { version: component.python }),
    tools: { uv: pins.uv },
    ...(image && { image }),
  };
}

/** The Python project of a component; none where it has no manifest. */
export function projectOf(
  component: Component,
  { survey }: PlanContext,
): PythonProject | undefined {
  return readPythonProject(folderOf(survey, component.path), readWorkflows(survey));
}

/** The version that is asked for, or the range that the project allows. */
export function pythonOption(component: Component, project: PythonProject | undefined): string[] {
  const wanted = component.python ?? project?.requiresPython;
  return wanted ? ["--python", wanted.replaceAll(/\s+/g, "")] : [];
}

const hookIds = { ruff: ["ruff", "ruff-check", "ruff-format"], mypy: ["mypy"] } as const;
type PinnedTool = keyof typeof hookIds;

/**
 * A linter that the repository does not lock comes through uvx: at the version of its own hooks,
 * which is the one that its authors see, else at Gantry's.
 */
export function adaptPython(argv: Command, component: Component, context: PlanContext): Command {
  const [program, ...rest] = argv;
  if (program !== "ruff" && program !== "mypy") return argv;
  const version = foreignVersion(program, component, context);
  if (version === undefined) return argv;
  const sees = program === "mypy" && !rest.includes("--no-site-packages");
  const own = sees ? ["--python-executable", ".venv/bin/python"] : [];
  return ["uvx", `${program}@${version}`, ...rest, ...own];
}

function foreignVersion(
  tool: PinnedTool,
  component: Component,
  context: PlanContext,
): string | undefined {
  const brought = projectOf(component, context)?.environment.brings(tool) ?? false;
  const folder = folderOf(context.survey, component.path);
  const locked = folder.has("uv.lock") || folder.has("poetry.lock");
  // mypy sees what is installed beside it, so one that is brought is always the better.
  if (brought && (locked || tool === "mypy")) return undefined;
  const hooked = hookOf(folder, hookIds[tool])?.version;
  return hooked ?? (brought ? undefined : pins[tool]);
}

/**
 * Test tools that the component's commands need and its own requirements do not name: at most
 * Gantry's version, and an older one where an old Python or what the repository pins calls for it.
 */
export function missingTestTools(component: Component, context: PlanContext): string[] {
  const suites = Object.values(component.tests);
  const usesPytest = suites.some((suite) =>
    [...suite.run, ...(suite.beforeDeploy ?? [])].some((argv) => argv.includes("pytest")),
  );
  if (!usesPytest) return [];
  const wanted = [
    "pytest" as const,
    ...(suites.some((suite) => suite.coverage) ? (["pytest-cov"] as const) : []),
  ];
  const brings = projectOf(component, context)?.environment.brings;
  return wanted.filter((tool) => !brings?.(tool)).map((tool) => `${tool}<=${pins[tool]}`);
}
