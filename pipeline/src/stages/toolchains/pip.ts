import type { Component } from "../../config/config.ts";
import type { PythonProject } from "../../config/infer/python/project.ts";
import { auditsOfPip } from "../audit/python.ts";
import type { PlanContext } from "../context.ts";
import { poetryExport, poetryItself } from "./poetry.ts";
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
  audits: auditsOfPip,
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
    ...missingTestTools(component, context),
  ];
  return install.length > 0 ? [{ id: "install", argv: ["uv", "pip", "install", ...install] }] : [];
}

const lockedRequirements = ".venv/requirements.txt";

/**
 * poetry reads its own lock, and uv installs exactly what stands there: many mirrors of PyPI lack
 * the addresses that poetry's installer asks.
 */
function poetrySteps(
  component: Component,
  context: PlanContext,
  { environment, packaged, poetry }: PythonProject,
): Preparation[] {
  const groups = (poetry?.groups ?? []).flatMap((name) => ["--with", name]);
  const extras = environment.extras.flatMap((name) => ["--extras", name]);
  const tools = missingTestTools(component, context);
  return [
    {
      id: "lock",
      argv: poetryExport([...groups, ...extras], lockedRequirements),
    },
    { id: "install", argv: ["uv", "pip", "install", "-r", lockedRequirements] },
    // Old build backends of poetry know no editable install; poetry itself does without.
    ...(packaged
      ? [{ id: "package", argv: [...poetryItself, "install", "--only-root"] as const }]
      : []),
    ...(tools.length > 0
      ? [{ id: "test-tools", argv: ["uv", "pip", "install", ...tools] as const }]
      : []),
  ];
}
