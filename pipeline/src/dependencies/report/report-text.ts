import { visibleLine } from "../../report/visible.ts";
import type { UpdateReport } from "./report.ts";
import { inOrder, movedNames } from "./request-text.ts";

/** The report for a terminal or a log. */
export function reportText(report: UpdateReport): string {
  const { updates, leftOut, beyond, notChecked, notHandled, warnings } = report;
  const rows = updates
    .toSorted(inOrder)
    .map((one) => [
      one.name,
      one.from ?? "(new)",
      one.to ?? "(gone)",
      one.kind,
      one.direct ? "direct" : "transitive",
      one.group ?? "",
      one.lock,
      one.notes ?? "",
    ]);
  const parts = [
    rows.length > 0 &&
      columns(["package", "from", "to", "change", "", "group", "lock", "notes"], rows),
    leftOut.length > 0 &&
      `left out:\n${columns(
        [],
        leftOut.map((one) => [one.name, one.from ?? "", one.to ?? "", one.lock, one.reason]),
      )}`,
    beyond.length > 0 &&
      `newer than the ranges allow, for a person to decide:\n${columns(
        [],
        beyond.map(({ name, locked, latest, lock }) => [name, locked, latest, lock]),
      )}`,
    ...notChecked.map(
      ({ lock, reason, mend }) =>
        `not checked: ${visibleLine(lock)}: ${visibleLine(reason)}\n  mend: ${visibleLine(mend)}`,
    ),
    ...notHandled.map(({ component, why }) => `not handled: ${component}: ${visibleLine(why)}`),
    ...warnings.map((warning) => `warning: ${visibleLine(warning)}`),
    verdictLine(report),
  ];
  return `${parts.filter((part) => typeof part === "string").join("\n\n")}\n`;
}

function verdictLine({ verdict, updates, leftOut, runs, stages, reason }: UpdateReport): string {
  const names = movedNames(updates).length;
  const tested =
    stages.length === 0 ? "nothing tests them" : `${stages.join(" and ")} in ${count(runs, "run")}`;
  switch (verdict) {
    case "up-to-date":
      return "up to date";
    case "updated":
      return `updated: ${count(names, "package")}, ${tested}`;
    case "partly":
      return `updated: ${count(names, "package")}, left out: ${leftOut.length}, ${tested}`;
    case "base-red":
      return `nothing updated: the checks fail without any update: ${visibleLine(reason ?? "")}`;
    case "not-checked":
      return `not checked: ${visibleLine(reason ?? "the registries gave no answer")}`;
  }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [...(head.length > 0 ? [head] : []), ...rows].map((row) => row.map(visibleLine));
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
