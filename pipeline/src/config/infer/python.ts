import type { Inference } from "../config.ts";
import type { Folder } from "../survey.ts";
import type { WrittenComponent, WrittenSuite } from "../written.ts";
import type { ComponentGuess } from "./infer.ts";
import { type PythonProject, readPythonProject } from "./python-project.ts";

/** What a folder shows of a Python component; none where it has no Python manifest. */
export function inferPython(folder: Folder): ComponentGuess | undefined {
  const project = readPythonProject(folder);
  if (!project) return undefined;
  const notes: Inference[] = [];
  const note = (what: string, from: string): void => {
    notes.push({ what: `${folder.path}: ${what}`, from });
  };

  const toolchain = folder.has("uv.lock") ? "uv" : "pip";
  note(`Python with ${toolchain}`, toolchain === "uv" ? "uv.lock" : project.manifest);
  const quality = inferQuality(folder, project, note);
  const tests = inferTests(folder, project, note);
  const python = folder.text(".python-version")?.trim().split("\n")[0]?.trim();
  const component: WrittenComponent = {
    path: folder.path,
    toolchain,
    ...(python && /^\d+(\.\d+)*$/.test(python) && { python }),
    ...(Object.keys(quality).length > 0 && { quality }),
    ...(tests && { tests }),
    ...(project.needsHistory && { history: true }),
  };
  return { component, inferred: notes, warnings: project.warnings };
}

type Note = (what: string, from: string) => void;

/** Linters run only where the repository configures them: nothing is demanded that it does not. */
function inferQuality(
  folder: Folder,
  project: PythonProject,
  note: Note,
): NonNullable<WrittenComponent["quality"]> {
  const quality: NonNullable<WrittenComponent["quality"]> = {};
  const hooks = folder.text(".pre-commit-config.yaml") ?? "";
  const ruff =
    project.configures("ruff") ??
    (/id:\s*ruff(-check)?\s*$/m.test(hooks) ? ".pre-commit-config.yaml" : undefined);
  if (ruff) {
    quality.lint = "ruff check .";
    note("ruff check", ruff);
  }
  const format = /id:\s*ruff-format/.test(hooks) ? ".pre-commit-config.yaml" : project.ruffFormat;
  if (format) {
    quality.format = "ruff format --check .";
    note("ruff format --check", format);
  }
  const mypy = project.configures("mypy");
  if (mypy && project.mypyTargets) {
    quality.types = `mypy${project.mypyTargets.map((target) => ` ${target}`).join("")}`;
    note("mypy", mypy);
  }
  return quality;
}

function inferTests(
  folder: Folder,
  project: PythonProject,
  note: Note,
): WrittenComponent["tests"] | undefined {
  const from = project.configures("pytest") ?? testFileIn(folder);
  if (!from) return undefined;
  note("tests with pytest", from);
  const measured = project.depends("pytest-cov") ? project.coverageSource(folder) : undefined;
  const unit: WrittenSuite = {
    run: "pytest",
    ...(measured && { coverage: { source: measured } }),
  };
  const split =
    folder.below("tests/unit/").length > 0 && folder.below("tests/integration/").length > 0;
  if (!split) return { unit };
  note("integration tests apart from the others", "tests/integration");
  return {
    unit: { ...unit, run: "pytest --ignore=tests/integration" },
    integration: { run: "pytest tests/integration", blocking: true },
  };
}

function testFileIn(folder: Folder): string | undefined {
  return folder
    .below("")
    .find((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file) && file.split("/").length <= 4);
}
