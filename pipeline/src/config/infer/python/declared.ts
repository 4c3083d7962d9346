import type { Folder } from "../../survey.ts";
import { type Table, tableAt } from "../toml.ts";

/** The requirements that a folder declares, by the section that they stand in. */
export interface Declared {
  /** What the package itself needs. */
  readonly required: readonly string[];
  readonly extras: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** What `[tool.poetry]` installs when nothing is said. */
  readonly poetry: readonly string[];
  /** What hatch installs into the environments that it runs tests in. */
  readonly hatch: readonly string[];
}

export function declaredIn(folder: Folder, pyproject: Table): Declared {
  const project = tableAt(pyproject, "project");
  return {
    required: strings(project.dependencies),
    extras: new Map([
      ...Object.entries(tableAt(project, "optional-dependencies")).map(listed),
      ...extrasOfSetup(folder),
    ]),
    groups: groupsOf(tableAt(pyproject, "dependency-groups")),
    files: new Map(requirementFiles(folder).map((file) => [file, linesOf(folder, file)])),
    poetry: poetryNames(tableAt(tableAt(pyproject, "tool"), "poetry")),
    hatch: hatchRequirements(tableAt(tableAt(pyproject, "tool"), "hatch")),
  };
}

/** A requirement's bare name, as registries compare it. */
export function nameOf(requirement: string): string {
  const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] ?? "";
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/** The requirement files of a folder, the main one first. */
export function requirementFiles(folder: Folder): string[] {
  const named = folder.below("").filter((file) => {
    if (!file.endsWith(".txt") || file.split("/").length > 2) return false;
    return /^requirements\/|^[\w.-]*requirements[\w.-]*\.txt$/.test(file);
  });
  return named.sort((a, b) => a.length - b.length || a.localeCompare(b));
}

function linesOf(folder: Folder, file: string): string[] {
  const lines = (folder.text(file) ?? "").split("\n").map((line) => line.trim());
  return lines.filter((line) => /^[A-Za-z0-9]/.test(line));
}

/** Groups with the groups that they include. */
function groupsOf(table: Table): Map<string, readonly string[]> {
  const expand = (name: string, seen: readonly string[]): string[] => {
    const entries = table[name];
    if (!Array.isArray(entries) || seen.includes(name)) return [];
    return entries.flatMap((entry): string[] => {
      if (typeof entry === "string") return [entry];
      const included = (entry as Table | null)?.["include-group"];
      return typeof included === "string" ? expand(included, [...seen, name]) : [];
    });
  };
  return new Map(Object.keys(table).map((name) => [name, expand(name, [])]));
}

/** setup.cfg's extras, and those of a setup.py that writes them down literally. */
function extrasOfSetup(folder: Folder): [string, string[]][] {
  const section = /^\[options\.extras_require\]\s*\n((?:(?!\[).*\n?)*)/m.exec(
    folder.text("setup.cfg") ?? "",
  )?.[1];
  const configured = [...(section ?? "").matchAll(/^([\w-]+)\s*=((?:.*\n?)(?:[ \t]+.*\n?)*)/gm)];
  const literal = /extras_require\s*=\s*\{([^}]*)\}/.exec(folder.text("setup.py") ?? "")?.[1];
  const written = [...(literal ?? "").matchAll(/["']([\w-]+)["']\s*:\s*(\[[^\]]*\]|[\w.]+)/g)];
  return [
    ...configured.map(([, name, body]): [string, string[]] => [
      name as string,
      (body as string).split(/[\n;]/).map((line) => line.trim()),
    ]),
    ...written.map(([, name, body]): [string, string[]] => [
      name as string,
      [...(body as string).matchAll(/["']([^"']+)["']/g)].map(([, text]) => text as string),
    ]),
  ];
}

function poetryNames(poetry: Table): string[] {
  const tables = [
    poetry.dependencies,
    poetry["dev-dependencies"],
    ...Object.values(tableAt(poetry, "group"))
      .filter((group) => (group as Table).optional !== true)
      .map((group) => (group as Table).dependencies),
  ];
  return tables.flatMap((table) => Object.keys((table as Table | undefined) ?? {}));
}

function hatchRequirements(hatch: Table): string[] {
  const environments = Object.entries(tableAt(hatch, "envs"))
    .filter(([name]) => /^(default|hatch-test|tests?|testing|dev)$/.test(name))
    .map(([, environment]) => environment as Table);
  return environments.flatMap((environment) => [
    ...strings(environment.dependencies),
    ...strings(environment["extra-dependencies"]),
  ]);
}

function listed([name, value]: [string, unknown]): [string, string[]] {
  return [name, strings(value)];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
