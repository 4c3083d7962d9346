import type { Folder } from "../../survey.ts";
import { readIni } from "../ini.ts";
import { readToml, type Table, tableAt } from "../toml.ts";

const files = {
  ruff: ["ruff.toml", ".ruff.toml"],
  mypy: ["mypy.ini", ".mypy.ini"],
  pytest: ["pytest.ini", ".pytest.ini"],
} as const;

const sections = {
  ruff: /^\[ruff/m,
  mypy: /^\[mypy/m,
  pytest: /^\[(tool:)?pytest\]/m,
} as const;

/** The file that configures a tool, if any does. */
export function configurationOf(
  name: keyof typeof files,
  folder: Folder,
  tool: Table,
): string | undefined {
  if (tool[name] !== undefined) return `pyproject.toml [tool.${name}]`;
  const own = files[name].find(folder.has);
  if (own) return own;
  return ["setup.cfg", "tox.ini"].find((file) => sections[name].test(folder.text(file) ?? ""));
}

/** What mypy is to check: none of its own words needed (`[]`), folders, or unknown. */
export function mypyTargets(folder: Folder, tool: Table): readonly string[] | undefined {
  const table = tableAt(tool, "mypy");
  if (table.files || table.packages || table.modules) return [];
  const sections = ["mypy.ini", ".mypy.ini", "setup.cfg"].map((name) =>
    readIni(folder.text(name) ?? "").get("mypy"),
  );
  if (sections.some((own) => own?.files || own?.packages || own?.modules)) return [];
  const found = packagesOf(folder);
  return found.length > 0 ? found : undefined;
}

/** What ruff passes over without being told, as far as it may stand in a component's folder. */
const passedOver = [".venv", "venv", "node_modules", "dist", "_build", "site-packages"];

/** The `exclude` of ruff's settings, or what stands in its place. */
export function ruffExcludes(folder: Folder, tool: Table): readonly string[] {
  const own = files.ruff.map((name) => readToml(folder.text(name) ?? "")).map(excludeIn);
  const configured = [...own, excludeIn({ table: tableAt(tool, "ruff") })].find((found) => found);
  return configured ?? passedOver;
}

function excludeIn(read: ReturnType<typeof readToml>): readonly string[] | undefined {
  const exclude = "table" in read ? read.table.exclude : undefined;
  if (!Array.isArray(exclude)) return undefined;
  // The environment that Gantry makes is not of the repository.
  return [".venv", ...exclude.filter((path) => typeof path === "string")];
}

/** What is measured: what the repository says itself, else its own code. */
export function coverageSource(folder: Folder, tool: Table): string | undefined {
  const run = tableAt(tableAt(tool, "coverage"), "run");
  const configured = [run.source, run.source_pkgs].flat().find((s) => typeof s === "string");
  if (configured !== undefined) return configured as string;
  const packages = packagesOf(folder);
  return packages.find((name) => name === ownName(folder)) ?? packages[0];
}

/** What the project calls itself, as its package would be written. */
function ownName(folder: Folder): string | undefined {
  const texts = ["pyproject.toml", "setup.cfg", "setup.py"].map((name) => folder.text(name) ?? "");
  const named = /^\s*name\s*=\s*["']?([\w.-]+)/m.exec(texts.join("\n"))?.[1];
  return named?.toLowerCase().replaceAll(/[-.]+/g, "_");
}

/** Folders beside a component's own code that only try it, explain it, or look after it. */
const beside =
  /^(tests?|tests?_\w+|\w+_tests?|testing|e2e|docs?|examples?|scripts|benchmarks?|migrations|alembic)$/;

/** Where a component's own code stands: `src`, or the packages beside its manifest. */
function packagesOf(folder: Folder): string[] {
  if (folder.below("src/").some((file) => file.endsWith(".py"))) return ["src"];
  const packages = folder
    .below("")
    .filter((file) => /^[A-Za-z_]\w*\/__init__\.pyi?$/.test(file))
    .map((file) => file.split("/")[0] as string)
    .filter((name) => !beside.test(name));
  return [...new Set(packages)];
}
