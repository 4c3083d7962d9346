import { code, inline } from "../../report/markdown/escape.ts";
import type { Beyond, LeftOutUpdate, Update, UpdateReport } from "./report.ts";

/** GitHub takes 65,536 characters. */
const longest = 60_000;

/** The title of the standing pull request, as a conventional commit. */
export function requestTitle({ updates }: UpdateReport): string {
  const names = movedNames(updates);
  const [only] = names;
  return names.length === 1 && only !== undefined && /^[\w@./-]{1,60}$/.test(only)
    ? `build(deps): update ${only}`
    : `build(deps): update ${names.length} packages`;
}

/** What was updated for its own sake; what only came or went with it is told in the table. */
export function movedNames(updates: readonly Update[]): readonly string[] {
  const moved = updates.filter(({ from, to }) => from !== undefined && to !== undefined);
  return [...new Set((moved.length > 0 ? moved : updates).map(({ name }) => name))];
}

/** The words of the standing pull request. Everything from outside is shown, nothing of it acts. */
export function requestBody(report: UpdateReport, hint: string | undefined): string {
  const { updates, leftOut, beyond, notChecked, notHandled } = report;
  const parts = [
    provenBy(report),
    hint && `> [!IMPORTANT]\n> ${hint}`,
    ...byLock(updates).map(([lock, rows]) => `### ${code(lock)}\n\n${table(rows)}`),
    leftOut.length > 0 && `### Left out\n\n${leftOutTable(leftOut)}`,
    beyond.length > 0 && `### Beyond the ranges\n\n${beyondTable(beyond)}`,
    notChecked.length > 0 &&
      `### Not checked\n\n${list(notChecked.map(({ lock, reason }) => `${code(lock)}: ${inline(reason)}`))}`,
    notHandled.length > 0 &&
      `### Not handled\n\n${list(notHandled.map(({ component, why }) => `${inline(component)}: ${inline(why)}`))}`,
    "This branch belongs to `gantry update-dependencies`: it is written anew as long as nobody else commits to it, and closed when nothing is left to update.",
  ];
  return cut(parts.filter((part) => typeof part === "string"));
}

function provenBy({ stages, runs, commit, base }: UpdateReport): string {
  const from = `on ${code(base)}${commit ? ` at ${code(commit.slice(0, 12))}` : ""}`;
  if (stages.length === 0) return `Nothing tests these updates ${from}: no checks are configured.`;
  const often = runs === 1 ? "one run" : `${runs} runs`;
  return `${stages.map((stage) => code(stage)).join(" and ")} passed with exactly these versions ${from} (${often}).`;
}

/** Groups stand together, what the repository asks for itself comes first. */
function byLock(updates: readonly Update[]): [string, Update[]][] {
  const locks = Map.groupBy(updates, ({ lock }) => lock);
  return [...locks].map(([lock, rows]) => [lock, rows.toSorted(inOrder)]);
}

export function inOrder(one: Update, other: Update): number {
  const key = ({ group, direct, name }: Update) =>
    `${group === undefined ? 1 : 0} ${group ?? ""} ${direct ? 0 : 1} ${name}`;
  return key(one) < key(other) ? -1 : 1;
}

function table(rows: readonly Update[]): string {
  const grouped = rows.some(({ group }) => group !== undefined);
  const head = [
    "Package",
    "From",
    "To",
    "Change",
    "Asked for",
    ...(grouped ? ["Group"] : []),
    "Notes",
  ];
  return tableOf(
    head,
    rows.map((row) => [
      inline(row.name, 214),
      inline(row.from ?? "", 60),
      inline(row.to ?? "", 60),
      row.kind,
      row.direct ? "directly" : "by others",
      ...(grouped ? [inline(row.group ?? "")] : []),
      link(row.notes),
    ]),
  );
}

function leftOutTable(rows: readonly LeftOutUpdate[]): string {
  return tableOf(
    ["Package", "From", "To", "Change", "Lock", "Why"],
    rows.map((row) => [
      inline(row.name, 214),
      inline(row.from ?? "", 60),
      inline(row.to ?? "", 60),
      row.kind,
      inline(row.lock),
      inline(row.reason),
    ]),
  );
}

function beyondTable(rows: readonly Beyond[]): string {
  return tableOf(
    ["Package", "Locked", "Newest", "Lock", "Notes"],
    rows.map((row) => [
      inline(row.name, 214),
      inline(row.locked, 60),
      inline(row.latest, 60),
      inline(row.lock),
      link(row.notes),
    ]),
  );
}

/** Addresses come from `notes.ts`, which lets nothing through that could end a link. */
function link(notes: string | undefined): string {
  return notes === undefined ? "" : `[notes](${notes})`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** What is too long loses whole lines, and says so. */
function cut(parts: readonly string[]): string {
  const whole = `${parts.join("\n\n")}\n`;
  if (whole.length <= longest) return whole;
  const kept = whole.slice(0, longest);
  return `${kept.slice(0, kept.lastIndexOf("\n"))}\n\nThe rest is too long for GitHub: \`gantry update-dependencies --dry-run\` shows all of it.\n`;
}
