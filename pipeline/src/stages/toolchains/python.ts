import type { Command, Component } from "../../config/config.ts";
import { readPythonProject } from "../../config/infer/python-project.ts";
import { folderOf } from "../../config/survey.ts";
import { pins } from "../../plan/pins.ts";
import type { Toolchain } from "../../plan/plan.ts";
import type { PlanContext } from "../context.ts";

export function pythonVersion(component: Component): string | undefined {
  return component.python;
}

export function pythonToolchain(component: Component, context: PlanContext): Toolchain {
  const image = context.config.images.python;
  return {
    kind: "python",
    ...(component.python && { version: component.python }),
    tools: { uv: pins.uv },
    ...(image && { image }),
  };
}

const pinnedTools = ["ruff", "mypy"] as const;

/** A linter that the repository does not bring comes through uvx, at Gantry's pinned version. */
export function adaptPython(argv: Command, component: Component, context: PlanContext): Command {
  const [program, ...rest] = argv;
  const tool = pinnedTools.find((name) => name === program);
  if (!tool || dependsOn(component, context, tool)) return argv;
  const own = tool === "mypy" ? ["--python-executable", ".venv/bin/python"] : [];
  return ["uvx", `${tool}@${pins[tool]}`, ...rest, ...own];
}

/** Test tools that the component's commands need and its own requirements do not name. */
export function missingTestTools(
  component: Component,
  context: PlanContext,
): ("pytest" | "pytest-cov")[] {
  const suites = Object.values(component.tests);
  const usesPytest = suites.some((suite) =>
    [...suite.run, ...(suite.beforeDeploy ?? [])].some((argv) => argv[0] === "pytest"),
  );
  if (!usesPytest) return [];
  const wanted = [
    "pytest" as const,
    ...(suites.some((suite) => suite.coverage) ? (["pytest-cov"] as const) : []),
  ];
  return wanted.filter((tool) => !dependsOn(component, context, tool));
}

function dependsOn(component: Component, context: PlanContext, name: string): boolean {
  return readPythonProject(folderOf(context.survey, component.path))?.depends(name) ?? false;
}
