import type { Inference } from "../../config.ts";
import type { Folder } from "../../survey.ts";
import type { WrittenComponent } from "../../written.ts";
import type { ComponentGuess } from "../infer.ts";
import type { Workflows } from "../workflows/workflows.ts";
import { otherChecks } from "./other-checks.ts";
import { readPythonProject } from "./project.ts";
import { inferQuality, type Note } from "./quality.ts";
import { inferTests } from "./tests.ts";

/** What a folder shows of a Python component; none where it has no Python manifest. */
export function inferPython(folder: Folder, workflows: Workflows): ComponentGuess | undefined {
  const project = readPythonProject(folder, workflows);
  if (!project) return undefined;
  const notes: Inference[] = [];
  const note: Note = (what, from) => {
    notes.push({ what: `${folder.path}: ${what}`, from });
  };

  const toolchain = folder.has("uv.lock") ? "uv" : "pip";
  note(`Python with ${toolchain}`, toolchain === "uv" ? "uv.lock" : project.manifest);
  const { groups, extras } = project.environment;
  if (groups.length > 0) note(`dependency groups ${groups.join(", ")}`, project.manifest);
  if (extras.length > 0) note(`extras ${extras.join(", ")}`, project.manifest);
  const quality = inferQuality(folder, project, note);
  // Whether a project that cannot be read has tests is for its own tools to say.
  const broken = project.warnings.length > 0 ? { unit: { run: "pytest" } } : undefined;
  const tests = inferTests(folder, project, note) ?? broken;
  const lines = folder.text(".python-version")?.split("\n") ?? [];
  const python = lines.map((line) => line.trim()).find((line) => line && !line.startsWith("#"));
  const component: WrittenComponent = {
    path: folder.path,
    toolchain,
    ...(python && /^\d+(\.\d+)*$/.test(python) && { python }),
    ...(Object.keys(quality).length > 0 && { quality }),
    ...(tests && { tests }),
    ...(project.needsHistory && { history: true }),
  };
  const warnings = [...project.warnings, ...otherChecks(folder, project)];
  return { component, inferred: notes, warnings };
}
