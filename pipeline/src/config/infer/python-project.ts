import { parse as parseToml } from "smol-toml";
import type { Folder } from "../survey.ts";

/** What a folder's Python files say, whatever the form they say it in. */
export interface PythonProject {
  /** The file that makes it a Python project. */
  readonly manifest: string;
  /** The file that configures a tool, if any does. */
  readonly configures: (tool: "ruff" | "mypy" | "pytest") => string | undefined;
  readonly ruffFormat: string | undefined;
  /** What mypy is to check: none of its own words needed (`[]`), folders, or unknown. */
  readonly mypyTargets: readonly string[] | undefined;
  readonly depends: (name: string) => boolean;
  readonly coverageSource: (folder: Folder) => string | undefined;
  /** Whether the version comes from git's tags. */
  readonly needsHistory: boolean;
  /** The names of its optional dependencies and of its dependency groups. */
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly warnings: readonly string[];
}

type Table = Record<string, unknown>;

/** Reads a folder's Python manifests; none where there is none. */
export function readPythonProject(folder: Folder): PythonProject | undefined {
  const manifest = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt"].find(folder.has);
  if (!manifest) return undefined;
  const warnings: string[] = [];
  const pyproject = parseTable(folder, warnings);
  if (
    manifest === "pyproject.toml" &&
    isConfigOnly(pyproject) &&
    !folder.has("setup.py") &&
    !folder.has("requirements.txt")
  ) {
    return undefined;
  }
  const tool = tableAt(pyproject, "tool");
  const names = dependencyNames(folder, pyproject);
  const text = (name: string): string => folder.text(name) ?? "";
  return {
    manifest,
    configures: (name) => configurationOf(name, folder, tool),
    ruffFormat: tableAt(tool, "ruff").format ? "pyproject.toml [tool.ruff.format]" : undefined,
    mypyTargets: mypyTargets(
      folder,
      tool,
      text("mypy.ini") + text(".mypy.ini") + text("setup.cfg"),
    ),
    depends: (name) => names.has(name),
    coverageSource: (inside) => coverageSource(inside, tool),
    needsHistory:
      /setuptools[-_]scm|hatch-vcs|versioningit|dunamai|versioneer|flit[-_]scm|uv-dynamic-versioning|poetry-dynamic-versioning|\bpbr\b/.test(
        text("pyproject.toml") + text("setup.py") + text("setup.cfg"),
      ),
    extras: Object.keys(tableAt(tableAt(pyproject, "project"), "optional-dependencies")),
    groups: Object.keys(tableAt(pyproject, "dependency-groups")),
    warnings,
  };
}

function parseTable(folder: Folder, warnings: string[]): Table {
  const text = folder.text("pyproject.toml");
  if (text === undefined) return {};
  try {
    return parseToml(text) as Table;
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    warnings.push(`${folder.path}/pyproject.toml is not valid TOML: ${why}`);
    return {};
  }
}

/** A pyproject.toml that only configures linters describes no Python component. */
function isConfigOnly(pyproject: Table): boolean {
  const poetry = tableAt(tableAt(pyproject, "tool"), "poetry");
  return (
    !pyproject.project &&
    !pyproject["build-system"] &&
    !pyproject["dependency-groups"] &&
    Object.keys(poetry).length === 0
  );
}

function configurationOf(
  name: "ruff" | "mypy" | "pytest",
  folder: Folder,
  tool: Table,
): string | undefined {
  if (tool[name] !== undefined) return `pyproject.toml [tool.${name}]`;
  const files = {
    ruff: ["ruff.toml", ".ruff.toml"],
    mypy: ["mypy.ini", ".mypy.ini"],
    pytest: ["pytest.ini", ".pytest.ini"],
  }[name];
  const file = files.find(folder.has);
  if (file) return file;
  const section = { ruff: /^\[ruff/m, mypy: /^\[mypy/m, pytest: /^\[(tool:)?pytest\]/m }[name];
  return ["setup.cfg", "tox.ini"].find((candidate) => section.test(folder.text(candidate) ?? ""));
}

function mypyTargets(folder: Folder, tool: Table, ini: string): readonly string[] | undefined {
  const table = tableAt(tool, "mypy");
  if (table.files || table.packages || table.modules) return [];
  if (/^\s*(files|packages|modules)\s*=/m.test(ini)) return [];
  const found = packagesOf(folder);
  return found.length > 0 ? found : undefined;
}

/** Where a component's own code stands: `src`, or the packages beside its manifest. */
function packagesOf(folder: Folder): string[] {
  if (folder.below("src/").some((file) => file.endsWith(".py"))) return ["src"];
  const packages = folder
    .below("")
    .filter((file) => /^[A-Za-z_]\w*\/__init__\.pyi?$/.test(file))
    .map((file) => file.split("/")[0] as string)
    .filter((name) => !/^(tests?|docs?|examples?|scripts|benchmarks?)$/.test(name));
  return [...new Set(packages)];
}

function coverageSource(folder: Folder, tool: Table): string | undefined {
  const run = tableAt(tableAt(tool, "coverage"), "run");
  const configured = [run.source, run.source_pkgs].flat().find((s) => typeof s === "string");
  return (configured as string | undefined) ?? packagesOf(folder)[0];
}

/** The names of everything that the folder's lock, manifests and requirement files ask for. */
function dependencyNames(folder: Folder, pyproject: Table): Set<string> {
  const names = new Set<string>();
  const add = (raw: string): void => {
    const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(raw)?.[1];
    if (name) names.add(name.toLowerCase().replaceAll(/[-_.]+/g, "-"));
  };
  for (const match of (folder.text("uv.lock") ?? "").matchAll(/^name = "([^"]+)"/gm)) {
    add(match[1] as string);
  }
  for (const file of requirementFiles(folder)) {
    for (const line of (folder.text(file) ?? "").split("\n")) if (!line.startsWith("-")) add(line);
  }
  for (const requirement of declaredRequirements(pyproject)) add(requirement);
  return names;
}

/** The requirement files of a folder, the main one first. */
export function requirementFiles(folder: Folder): string[] {
  return [
    ...folder.below("requirements"),
    ...folder.below("dev-requirements"),
    ...folder.below("test-requirements"),
  ]
    .filter((file) => file.endsWith(".txt") && file.split("/").length <= 2)
    .sort((a, b) => a.length - b.length || a.localeCompare(b));
}

function declaredRequirements(pyproject: Table): string[] {
  const project = tableAt(pyproject, "project");
  const groups = [project["optional-dependencies"], pyproject["dependency-groups"]]
    .filter((table) => table !== null && typeof table === "object")
    .flatMap((table) => Object.values(table as Table));
  const poetry = tableAt(tableAt(pyproject, "tool"), "poetry");
  const poetryNames = [
    poetry.dependencies,
    poetry["dev-dependencies"],
    ...Object.values(tableAt(poetry, "group")).map((group) => (group as Table).dependencies),
  ].flatMap((table) => Object.keys((table as Table | undefined) ?? {}));
  return [project.dependencies, ...groups, poetryNames]
    .flat(2)
    .filter((requirement): requirement is string => typeof requirement === "string");
}

function tableAt(table: Table, key: string): Table {
  const value = table[key];
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Table)
    : {};
}
