import type { Folder } from "../../survey.ts";
import { joinWords } from "../../words.ts";
import type { WrittenComponent } from "../../written.ts";
import { tableAt } from "../toml.ts";
import { type Hook, hookOf } from "./hooks.ts";
import type { PythonProject } from "./project.ts";
import { configurationOf, mypyTargets, ruffExcludes } from "./tool-config.ts";

type Quality = NonNullable<WrittenComponent["quality"]>;
export type Note = (what: string, from: string) => void;

const hooksFile = ".pre-commit-config.yaml";

/** Linters run only where the repository configures them: nothing is demanded that it does not. */
export function inferQuality(folder: Folder, project: PythonProject, note: Note): Quality {
  const quality: Quality = {};
  const add = (check: string, found: Found | undefined): void => {
    if (!found) return;
    quality[check] = found.run;
    note(found.run, found.from);
  };
  add("lint", ruffLint(folder, project, note));
  add("format", ruffFormat(folder, project));
  add("types", mypy(folder, project, note));
  return quality;
}

interface Found {
  readonly run: string;
  readonly from: string;
}

function ruffLint(folder: Folder, project: PythonProject, note: Note): Found | undefined {
  const hook = hookOf(folder, ["ruff", "ruff-check"]);
  const from = configurationOf("ruff", folder, project.tool) ?? (hook && hooksFile);
  if (!from) return undefined;
  if (unused("ruff", from, project, note)) return undefined;
  const own = project.calls("ruff");
  const asked = own.kind === "one" && own.arguments[0] === "check" ? own.arguments.slice(1) : [];
  const paths = asked.filter((word) => !word.startsWith("-"));
  const words = ["ruff", "check", ...(paths.length > 0 ? paths : ["."])];
  const out = leftOut(folder, hook).flatMap((path) => ["--extend-exclude", path]);
  return { run: joinWords([...words, ...out]), from };
}

function ruffFormat(folder: Folder, project: PythonProject): Found | undefined {
  const hook = hookOf(folder, ["ruff-format"]);
  const configured = tableAt(project.tool, "ruff").format !== undefined;
  if (!hook && !configured) return undefined;
  const from = hook ? hooksFile : "pyproject.toml [tool.ruff.format]";
  const words = ["ruff", "format", "--check", "."];
  return { run: joinWords([...words, ...formatLeavesOut(folder, hook, project)]), from };
}

/** The formatter knows `--exclude` only, which takes the place of the settings' `exclude`. */
function formatLeavesOut(
  folder: Folder,
  hook: Hook | undefined,
  { tool }: PythonProject,
): string[] {
  const files = leftOut(folder, hook);
  if (files.length === 0) return [];
  return [...ruffExcludes(folder, tool), ...files].flatMap((path) => ["--exclude", path]);
}

const mostLeftOut = 200;

/** The files that a hook passes over, which its tool would otherwise find. */
function leftOut(folder: Folder, hook: Hook | undefined): string[] {
  if (!hook) return [];
  const files = folder
    .below("")
    .filter((file) => /\.(pyi?|ipynb)$/.test(file) && hook.leavesOut(file));
  return topmost(files, folder, hook).slice(0, mostLeftOut);
}

/** Folders stand for their files where all of these are left out. */
function topmost(files: readonly string[], folder: Folder, hook: Hook): string[] {
  const out = new Set<string>();
  for (const file of files) {
    const parts = file.split("/");
    const cut = parts.findIndex((_, index) => {
      const prefix = `${parts.slice(0, index + 1).join("/")}/`;
      const inside = folder.below(prefix).filter((f) => /\.(pyi?|ipynb)$/.test(f));
      return index < parts.length - 1 && inside.every(hook.leavesOut);
    });
    out.add(cut < 0 ? file : parts.slice(0, cut + 1).join("/"));
  }
  return [...out];
}

/** A repository that shows what it runs, and a tool is not of it, does not ask for that tool. */
function unused(tool: string, from: string, project: PythonProject, note: Note): boolean {
  if (project.uses(tool) !== false) return false;
  note(`${tool} is configured, but nothing here makes its errors count: left out`, from);
  return true;
}

function mypy(folder: Folder, project: PythonProject, note: Note): Found | undefined {
  const from = configurationOf("mypy", folder, project.tool);
  if (!from) return undefined;
  if (unused("mypy", from, project, note)) return undefined;
  const own = project.calls("mypy");
  if (own.kind === "one") return { run: joinWords(["mypy", ...own.arguments]), from };
  const targets = mypyTargets(folder, project.tool);
  const hook = own.kind === "none" ? hookOf(folder, ["mypy"]) : undefined;
  return targets && { run: joinWords(["mypy", ...hooked(hook, folder), ...targets]), from };
}

/** As the hook says when it says nothing. */
const mypyHook = ["--ignore-missing-imports", "--scripts-are-modules"];

/** Where a hook alone runs mypy, it sees what the hook's own environment shows it, and no more. */
function hooked(hook: Hook | undefined, folder: Folder): string[] {
  if (!hook?.alone) return [];
  const out = leftOut(folder, hook).flatMap((path) => ["--exclude", `^${escaped(path)}(/|$)`]);
  return ["--no-site-packages", ...(hook.arguments ?? mypyHook), ...out];
}

function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
