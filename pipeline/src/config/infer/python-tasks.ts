import { type Table, tableAt } from "./toml.ts";

/** The lines of a task that a line of shell starts by its name: `poetry run task NAME`, `poe NAME`. */
export function taskLines(line: string, tool: Table): string[] {
  const [, runner = "", name = ""] = called.exec(line) ?? [];
  return name ? linesIn(tableFor(runner, tool)[name]) : [];
}

const called = /(?:^|\s)(task|poe|pdm run|hatch run)\s+(?:[\w.-]+:)?([\w.-]+)/;

function tableFor(runner: string, tool: Table): Table {
  if (runner === "task") return tableAt(tableAt(tool, "taskipy"), "tasks");
  if (runner === "poe") return tableAt(tableAt(tool, "poe"), "tasks");
  if (runner === "pdm run") return tableAt(tableAt(tool, "pdm"), "scripts");
  const environments = Object.values(tableAt(tableAt(tool, "hatch"), "envs"));
  return Object.assign({}, ...environments.map((one) => tableAt(one as Table, "scripts")));
}

/** A task is its command, a list of commands, or a table that has one in it. */
function linesIn(task: unknown): string[] {
  if (typeof task === "string") return task.split("\n");
  if (Array.isArray(task)) return task.flatMap(linesIn);
  if (task === null || typeof task !== "object") return [];
  const { cmd, shell, composite } = task as Table;
  return Array.isArray(cmd) ? [cmd.join(" ")] : linesIn(cmd ?? shell ?? composite);
}
