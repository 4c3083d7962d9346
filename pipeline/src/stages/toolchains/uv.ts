import { pins } from "../../plan/pins.ts";
import { adaptPython, missingTestTools, pythonToolchain, pythonVersion } from "./python.ts";
import { type Preparation, present, type ToolchainRules, within } from "./toolchain.ts";

/**
 * uv with a lock file. The dependencies come first, from the lock and manifest alone, so that an
 * edit of the source does not install them again; the project itself follows.
 */
export const uvToolchain: ToolchainRules = {
  describe: pythonToolchain,
  path: [".venv/bin"],
  adapt: adaptPython,
  prepare(component, context) {
    const version = pythonVersion(component);
    const include = present(component, context, ["uv.lock", "pyproject.toml", ".python-version"]);
    const sync = (...more: string[]): [string, ...string[]] => [
      "uv",
      "sync",
      "--locked",
      "--inexact",
      ...(version ? ["--python", version] : []),
      ...more,
    ];
    const steps: Preparation[] = [
      {
        id: "dependencies",
        argv: sync("--no-install-project", "--no-install-workspace"),
        include: [...include, ...workspaceManifests(context.survey.files, component.path)],
        trees: [".venv"],
      },
      { id: "install", argv: sync() },
    ];
    const missing = missingTestTools(component, context);
    if (missing.length > 0) {
      const requirements = missing.map((tool) => `${tool}==${pins[tool]}`);
      steps.push({ id: "test-tools", argv: ["uv", "pip", "install", ...requirements] });
    }
    return steps;
  },
};

/** Members of a uv workspace are resolved from their own manifests. */
function workspaceManifests(files: readonly string[], path: string): string[] {
  const prefix = path === "." ? "" : `${path}/`;
  return files.filter(
    (file) =>
      file.startsWith(prefix) &&
      file.endsWith("/pyproject.toml") &&
      file !== within({ path } as never, "pyproject.toml") &&
      file.split("/").length - prefix.split("/").length <= 3,
  );
}
