import type { Component } from "../../config/config.ts";
import type { PythonProject } from "../../config/infer/python-project.ts";
import { pins } from "../../plan/pins.ts";
import type { PlanContext } from "../context.ts";
import {
  adaptPython,
  missingTestTools,
  projectOf,
  pythonOption,
  pythonToolchain,
} from "./python.ts";
import type { Preparation, ToolchainRules } from "./toolchain.ts";

/**
 * Python without a lock that uv knows: requirement files, setup.py, a pyproject.toml, or poetry's
 * lock. uv does pip's part, in a virtual environment of its own.
 */
export const pipToolchain: ToolchainRules = {
  describe: pythonToolchain,
  path: [".venv/bin"],
  adapt: adaptPython,
  prepare(component, context) {
    const project = projectOf(component, context);
    return [
      {
        id: "environment",
        argv: [
          "uv",
          "venv",
          "--seed",
          "--allow-existing",
          ...pythonOption(component, project),
          ".venv",
        ],
        include: [],
        trees: [".venv"],
      },
      ...(project?.poetry
        ? poetrySteps(component, context, project)
        : pipSteps(component, context, project)),
    ];
  },
};

function pipSteps(
  component: Component,
  context: PlanContext,
  project: PythonProject | undefined,
): Preparation[] {
  const { files = [], extras = [], groups = [], requirements = [] } = project?.environment ?? {};
  const install = [
    ...files.flatMap((file) => ["-r", file]),
    ...(project?.packaged ? ["-e", extras.length > 0 ? `.[${extras.join(",")}]` : "."] : []),
    ...groups.flatMap((group) => ["--group", group]),
    ...requirements,
    ...missing(component, context),
  ];
  return install.length > 0 ? [{ id: "install", argv: ["uv", "pip", "install", ...install] }] : [];
}

/** poetry itself reads its lock; it finds the `.venv` that is already there. */
function poetrySteps(
  component: Component,
  context: PlanContext,
  { environment }: PythonProject,
): Preparation[] {
  const extras = environment.extras.flatMap((name) => ["--extras", name]);
  const tools = missing(component, context);
  return [
    {
      id: "install",
      argv: ["uvx", `poetry@${pins.poetry}`, "install", "--no-interaction", ...extras],
    },
    ...(tools.length > 0
      ? [{ id: "test-tools", argv: ["uv", "pip", "install", ...tools] as const }]
      : []),
  ];
}

function missing(component: Component, context: PlanContext): string[] {
  return missingTestTools(component, context).map((tool) => `${tool}==${pins[tool]}`);
}
