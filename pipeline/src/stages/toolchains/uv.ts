import { readWorkflows } from "../../config/infer/workflows/workflows.ts";
import { auditsOfUvLock } from "../audit/python.ts";
import type { PlanContext } from "../context.ts";
import { adaptPython, missingTestTools, projectOf, pythonToolchain } from "./python.ts";
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
    const environment = projectOf(component, context)?.environment;
    const include = present(component, context, ["uv.lock", "pyproject.toml", ".python-version"]);
    const sync = (...more: string[]): [string, ...string[]] => [
      "uv",
      "sync",
      ...(demandsFreshLock(context) ? ["--locked"] : []),
      "--inexact",
      ...(component.python ? ["--python", component.python] : []),
      ...(environment?.groups ?? []).flatMap((group) => ["--group", group]),
      ...(environment?.extras ?? []).flatMap((extra) => ["--extra", extra]),
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
      steps.push({ id: "test-tools", argv: ["uv", "pip", "install", ...missing] });
    }
    return steps;
  },
  audits: (component, context, wish) => {
    const manifests = ["uv.lock", "pyproject.toml"];
    const include = present(component, context, manifests);
    const members = workspaceManifests(context.survey.files, component.path);
    return auditsOfUvLock(component, context, wish).map((plan) => ({
      ...plan,
      include: [...include, ...members],
    }));
  },
};

/** A lock that fell behind is red only where a person asked for Gantry, or the CI says so itself. */
function demandsFreshLock({ config, survey }: PlanContext): boolean {
  if (config.origin === "file") return true;
  return readWorkflows(survey).lines.some((line) => /\buv\b.*--(locked|frozen)\b/.test(line));
}

/** Members of a uv workspace are resolved from their own manifests. */
function workspaceManifests(files: readonly string[], path: string): string[] {
  const prefix = path === "." ? "" : `${path}/`;
  return files.filter(
    (file) =>
      file.startsWith(prefix) &&
      file.endsWith("/pyproject.toml") &&
      file !== within({ path }, "pyproject.toml") &&
      file.split("/").length - prefix.split("/").length <= 3,
  );
}
