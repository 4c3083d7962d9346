import { readToml, type Table, tableAt } from "../../config/infer/toml.ts";
import { raiseRequirement } from "./requirement.ts";

/** A pyproject.toml in which a package's ranges reach a newer version; nothing where none can. */
export function raiseInPyproject(text: string, name: string, latest: string): string | undefined {
  const toml = readToml(text);
  if ("why" in toml) return undefined;
  let raised = text;
  for (const old of new Set(requirementsIn(toml.table))) {
    const now = raiseRequirement(old, name, latest);
    if (now === undefined) continue;
    // Words of this form are requirements wherever they stand in the file.
    raised = raised.replaceAll(JSON.stringify(old), () => JSON.stringify(now));
    raised = raised.replaceAll(`'${old}'`, () => `'${now}'`);
  }
  return raised === text ? undefined : raised;
}

function requirementsIn(table: Table): string[] {
  const project = tableAt(table, "project");
  const lists = [
    project.dependencies,
    ...Object.values(tableAt(project, "optional-dependencies")),
    ...Object.values(tableAt(table, "dependency-groups")),
    tableAt(tableAt(table, "tool"), "uv")["dev-dependencies"],
  ];
  return lists
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .filter((one) => typeof one === "string");
}
