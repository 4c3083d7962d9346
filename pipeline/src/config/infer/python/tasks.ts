import { type Table, tableAt } from "../toml.ts";

/** The lines of a task that a line of shell starts by its name: `poetry run task NAME`, `poe NAME`. */
export function taskLines(line: string, tool: Table): string[] {
  const [, runner = "", called = ""] = call.exec(line) ?? [];
  if (called === "") return [];
  const name = runner === "hatch run" ? called.replace(/^[^:]*:/, "") : called;
  return named(name, { tasks: tasksOf(runner, tool), seen: [] }) ?? [];
}

const call = /(?:^|\s)(task|poe|pdm run|hatch run)\s+([\w.:-]+)/;

function tasksOf(runner: string, tool: Table): Table {
  if (runner === "task") return tableAt(tableAt(tool, "taskipy"), "tasks");
  if (runner === "poe") return tableAt(tableAt(tool, "poe"), "tasks");
  if (runner === "pdm run") return tableAt(tableAt(tool, "pdm"), "scripts");
  const environments = Object.values(tableAt(tableAt(tool, "hatch"), "envs"));
  return Object.assign({}, ...environments.map((one) => tableAt(one as Table, "scripts")));
}

interface Search {
  readonly tasks: Table;
  /** The tasks on the way here: one that calls itself says nothing new. */
  readonly seen: readonly string[];
}

/** The lines of what a text calls, if its first word is a task; its other words go to the last. */
function named(text: string, { tasks, seen }: Search): string[] | undefined {
  const [name = "", ...more] = text.trim().split(/\s+/);
  if (!Object.hasOwn(tasks, name)) return undefined;
  if (seen.includes(name)) return [];
  const lines = linesIn(tasks[name], { tasks, seen: [...seen, name] });
  return lines.map((line, at) => (at === lines.length - 1 ? [line, ...more].join(" ") : line));
}

/** A task is its command, a list of commands and tasks, or a table that has one in it. */
function linesIn(task: unknown, search: Search): string[] {
  if (typeof task === "string") return task.split("\n");
  if (Array.isArray(task)) return task.flatMap((item) => itemLines(item, search));
  if (task === null || typeof task !== "object") return [];
  const { cmd, shell, ref, sequence, parallel, composite } = task as Table;
  if (Array.isArray(cmd)) return [cmd.join(" ")];
  return linesIn(cmd ?? shell ?? [ref ?? sequence ?? parallel ?? composite].flat(), search);
}

function itemLines(item: unknown, search: Search): string[] {
  return (typeof item === "string" ? named(item, search) : undefined) ?? linesIn(item, search);
}
