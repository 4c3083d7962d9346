import { readPythonProject, requirementFiles } from "../../config/infer/python-project.ts";
import { folderOf } from "../../config/survey.ts";
import { pins } from "../../plan/pins.ts";
import { adaptPython, missingTestTools, pythonToolchain } from "./python.ts";
import type { Preparation, ToolchainRules } from "./toolchain.ts";

/**
 * Python without a lock that uv knows: requirement files, setup.py, or a pyproject.toml. uv does
 * pip's part, in a virtual environment of its own.
 */
export const pipToolchain: ToolchainRules = {
  describe: pythonToolchain,
  path: [".venv/bin"],
  adapt: adaptPython,
  prepare(component, context) {
    const folder = folderOf(context.survey, component.path);
    const project = readPythonProject(folder);
    const files = requirementFiles(folder).filter(isForTests);
    const packaged = ["pyproject.toml", "setup.py", "setup.cfg"].some(folder.has);
    const missing = missingTestTools(component, context);
    const install: string[] = [
      ...files.flatMap((file) => ["-r", file]),
      ...(packaged ? ["-e", `.${extras(project?.extras ?? [])}`] : []),
      ...groups(project?.groups ?? []),
      ...missing.map((tool) => `${tool}==${pins[tool]}`),
    ];
    const version = component.python ? ["--python", component.python] : [];
    const steps: Preparation[] = [
      {
        id: "environment",
        argv: ["uv", "venv", "--seed", "--allow-existing", ...version, ".venv"],
        include: [],
        trees: [".venv"],
      },
    ];
    if (install.length > 0) {
      steps.push({ id: "install", argv: ["uv", "pip", "install", ...install] });
    }
    return steps;
  },
};

const testWords = /^(dev|develop|development|test|tests|testing|ci)$/;

/** Of many requirement files, those that say what runs and what tests it. */
function isForTests(file: string): boolean {
  const words = file
    .toLowerCase()
    .replace(/\.txt$/, "")
    .split(/[-_./]+/);
  return words.every((word) => /^requirements?$|^base$|^main$/.test(word) || testWords.test(word));
}

function extras(names: readonly string[]): string {
  const wanted = names.filter((name) => testWords.test(name.toLowerCase()));
  return wanted.length > 0 ? `[${wanted.join(",")}]` : "";
}

function groups(names: readonly string[]): string[] {
  return names
    .filter((name) => testWords.test(name.toLowerCase()))
    .flatMap((name) => ["--group", name]);
}
