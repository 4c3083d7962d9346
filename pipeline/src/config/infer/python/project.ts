import type { Folder } from "../../survey.ts";
import { readToml, type Table, tableAt } from "../toml.ts";
import { type OwnCall, ownCall } from "../workflows/own-commands.ts";
import type { Workflows } from "../workflows/workflows.ts";
import { declaredIn } from "./declared.ts";
import { environmentOf, type PythonEnvironment } from "./environment.ts";
import { taskLines } from "./tasks.ts";
import { readTox, type ToxEnvironment } from "./tox.ts";

/** What a folder's Python files say, whatever the form they say it in. */
export interface PythonProject {
  /** The file that makes it a Python project. */
  readonly manifest: string;
  readonly tool: Table;
  readonly environment: PythonEnvironment;
  /** The range of versions of Python that it allows. */
  readonly requiresPython: string | undefined;
  /** Whether the version comes from git's tags. */
  readonly needsHistory: boolean;
  /** Set where poetry's lock file says what is installed: the groups that it installs unasked. */
  readonly poetry: { readonly groups: readonly string[] } | undefined;
  /** Whether it can be installed as a package. */
  readonly packaged: boolean;
  /** The variables that its own tox gives to every test. */
  readonly variables: Readonly<Record<string, string>>;
  /** How its own tox or CI calls a tool. */
  readonly calls: (tool: string) => OwnCall;
  /** Whether anything that it runs itself names a tool; undefined where it shows nothing of that. */
  readonly uses: (tool: string) => boolean | undefined;
  readonly warnings: readonly string[];
}

const read = new WeakMap<Folder, PythonProject | undefined>();

/** Reads a folder's Python manifests, once; none where there is none. */
export function readPythonProject(folder: Folder, workflows: Workflows): PythonProject | undefined {
  if (!read.has(folder)) read.set(folder, projectIn(folder, workflows));
  return read.get(folder);
}

function projectIn(folder: Folder, workflows: Workflows): PythonProject | undefined {
  const manifest = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt"].find(folder.has);
  if (!manifest) return undefined;
  const { table: pyproject, warnings } = readPyproject(folder);
  const packaged = isPackage(folder, pyproject, warnings.length > 0);
  if (!packaged && !isInstalled(folder, pyproject)) return undefined;
  const tool = tableAt(pyproject, "tool");
  const uv = tableAt(tool, "uv");
  const tox = readTox(folder);
  const poetry = folder.has("poetry.lock") && !folder.has("uv.lock");
  const lines = workflows.lines.flatMap((line) => [line, ...taskLines(line, tool)]);
  const environment = environmentOf({
    folder,
    declared: declaredIn(folder, pyproject),
    tox,
    testLines: workflows.testLines,
    defaultGroups: defaultGroupsOf(uv),
    conflicting: conflictsOf(uv),
    packaged,
    poetry,
  });
  return {
    manifest,
    tool,
    environment,
    requiresPython: requiredPython(folder, pyproject),
    needsHistory: versioned.test(
      ["pyproject.toml", "setup.py", "setup.cfg"].map((name) => folder.text(name) ?? "").join("\n"),
    ),
    poetry: poetry ? { groups: poetryGroups(pyproject) } : undefined,
    packaged,
    variables: tox.find(({ name }) => name === "testenv")?.variables ?? {},
    calls: (name) => callsOf(name, tox, lines),
    uses: (name) => (isIgnored(name, tox) ? false : usesOf(name, { folder, tool, workflows })),
    warnings,
  };
}

const versioned =
  /setuptools[-_]scm|hatch-vcs|versioningit|dunamai|versioneer|flit[-_]scm|uv-dynamic-versioning|poetry-dynamic-versioning|pdm.*source = "scm"|\bpbr\b/;

function readPyproject(folder: Folder): { table: Table; warnings: string[] } {
  const text = folder.text("pyproject.toml");
  const toml = text === undefined ? { table: {} } : readToml(text);
  if ("table" in toml) return { table: toml.table, warnings: [] };
  const file = folder.path === "." ? "pyproject.toml" : `${folder.path}/pyproject.toml`;
  return { table: {}, warnings: [`${file} is not valid TOML: ${toml.why}`] };
}

/** A pyproject.toml that only configures tools describes no package; a broken one is let to fail. */
function isPackage(folder: Folder, pyproject: Table, broken: boolean): boolean {
  if (broken || folder.has("setup.py")) return true;
  if (folder.has("setup.cfg") && /^\[metadata\]/m.test(folder.text("setup.cfg") ?? "")) return true;
  const poetry = tableAt(tableAt(pyproject, "tool"), "poetry");
  if (poetry["package-mode"] === false) return false;
  return Boolean(pyproject.project ?? pyproject["build-system"]) || poetry.name !== undefined;
}

/** Something else that says what is to be installed. */
function isInstalled(folder: Folder, pyproject: Table): boolean {
  const poetry = tableAt(tableAt(pyproject, "tool"), "poetry");
  return (
    folder.has("requirements.txt") ||
    pyproject["dependency-groups"] !== undefined ||
    Object.keys(poetry).length > 0
  );
}

function poetryGroups(pyproject: Table): string[] {
  const poetry = tableAt(tableAt(pyproject, "tool"), "poetry");
  const named = Object.entries(tableAt(poetry, "group"))
    .filter(([, group]) => (group as Table | null)?.optional !== true)
    .map(([name]) => name);
  const standard = Object.keys(tableAt(pyproject, "dependency-groups"));
  const old = poetry["dev-dependencies"] ? ["dev"] : [];
  return [...new Set([...named, ...standard, ...old])];
}

function defaultGroupsOf(uv: Table): string[] {
  const groups = uv["default-groups"];
  return Array.isArray(groups) ? groups.filter((name) => typeof name === "string") : ["dev"];
}

function conflictsOf(uv: Table): string[] {
  const sets = Array.isArray(uv.conflicts) ? uv.conflicts.flat() : [];
  return sets.flatMap((entry: { group?: unknown; extra?: unknown } | null) =>
    [entry?.group, entry?.extra].filter((name) => typeof name === "string"),
  );
}

function requiredPython(folder: Folder, pyproject: Table): string | undefined {
  const stated = tableAt(pyproject, "project")["requires-python"];
  if (typeof stated === "string") return stated;
  const setup = `${folder.text("setup.cfg") ?? ""}\n${folder.text("setup.py") ?? ""}`;
  const literal = /python_requires\s*=\s*["']?([\d.<>=!~,* ]+\d)/.exec(setup)?.[1];
  const poetry = tableAt(tableAt(tableAt(pyproject, "tool"), "poetry"), "dependencies").python;
  return literal ?? (typeof poetry === "string" ? caretRange(poetry) : undefined);
}

/** poetry's `^3.10` as pip writes it. */
function caretRange(range: string): string | undefined {
  if (/^[<>=!~\d]/.test(range)) return range.replace(/^~(\d+\.\d+).*$/, "==$1.*");
  const [, major, rest] = /^\^(\d+)(\.[\d.]+)?$/.exec(range) ?? [];
  return major ? `>=${major}${rest ?? ""},<${Number(major) + 1}` : undefined;
}

/** What tox runs without minding how it ends is no demand. */
function callsOf(tool: string, tox: readonly ToxEnvironment[], lines: readonly string[]): OwnCall {
  const commands = tox.filter(({ ignored }) => !ignored).flatMap(({ commands: own }) => own);
  const fromTox = ownCall(commands, tool);
  return fromTox.kind === "none" ? ownCall(lines, tool) : fromTox;
}

const runners = [
  "tox.ini",
  "tox.toml",
  "noxfile.py",
  "Makefile",
  "justfile",
  ".pre-commit-config.yaml",
];
const taskTables = ["tox", "hatch", "poe", "pdm", "taskipy", "nox", "duty"];

interface Runs {
  readonly folder: Folder;
  readonly tool: Table;
  readonly workflows: Workflows;
}

function usesOf(name: string, { folder, tool, workflows }: Runs): boolean | undefined {
  const texts = [
    ...[...runners, ...folder.below("scripts/")].map((file) => folder.text(file)),
    ...taskTables.map((table) => tool[table] && JSON.stringify(tool[table])),
    ...workflows.lines,
  ].filter((text) => typeof text === "string");
  if (texts.length === 0) return undefined;
  const word = new RegExp(`\\b${name}\\b`);
  return texts.some((text) => word.test(text));
}

/** Whether tox runs a tool only where it does not mind how it ends. */
function isIgnored(name: string, tox: readonly ToxEnvironment[]): boolean {
  const runs = tox.filter(({ commands }) => ownCall(commands, name).kind !== "none");
  return runs.length > 0 && runs.every(({ ignored }) => ignored);
}
