import type { Pen } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";
import { visibleLine } from "../visible.ts";
import type { Dashboard, Holds } from "./dashboard.ts";
import { shareWords, stagesWords } from "./page/pyramid.ts";
import { holdsWords, measuredWords, minute, summarySentence, targetWords } from "./words.ts";

interface Row {
  readonly holds: Holds;
  readonly title: string;
  readonly measured: string;
  readonly target: string;
  readonly seen: string;
}

interface Widths {
  readonly titles: number;
  readonly targets: number;
  readonly measured: number;
}

/** A short table: what was measured, of how much, against which target. */
export function dashboardText(dashboard: Dashboard, pen: Pen): string {
  const { name, from, to, metrics, pyramid, environment } = dashboard;
  const rows = [...metrics.map(rowOf), pyramidRow(pyramid)];
  const targets = Math.max(...rows.map(({ target }) => target.length));
  const titles = Math.max(...rows.map(({ title }) => title.length));
  const values = metrics.filter(({ value }) => value !== undefined).map(measuredWords);
  const measured = Math.max(...values.map(({ length }) => length), 0);
  const lines = rows.map((row) => lineOf(row, { titles, targets, measured }, pen));
  const head = `${name}, ${minute(from)} to ${minute(to)} UTC${environment ? `, deployments to ${environment}` : ""}`;
  return [
    pen.paint(pen.cut(head, 0), "bold"),
    ...lines,
    ...notes(dashboard, pen),
    `${summarySentence(rows.map(({ holds }) => holds))}.`,
  ].join("\n");
}

function rowOf(metric: Dashboard["metrics"][number]): Row {
  const { title, holds, target, unit, count, of } = metric;
  return {
    holds,
    title,
    measured: measuredWords(metric),
    target: target ? targetWords(target, unit) : "no target",
    seen: metric.value === undefined ? "" : `n = ${count} ${of}`,
  };
}

function pyramidRow(pyramid: Dashboard["pyramid"]): Row {
  return {
    holds: pyramid.holds,
    title: "Test pyramid",
    measured: shareWords(pyramid),
    target: pyramid.levels.map(({ target }) => target).join(" / "),
    seen: pyramid.lacks === undefined ? `n = ${stagesWords(pyramid)}` : "",
  };
}

function lineOf(row: Row, widths: Widths, pen: Pen): string {
  const { symbol, colour } = holdsWords[row.holds];
  const taken = widths.titles + widths.targets + 8;
  const seen =
    row.seen === "" ? row.measured : `${row.measured.padEnd(widths.measured)}  ${row.seen}`;
  return [
    pen.paint(symbol, colour),
    row.title.padEnd(widths.titles),
    pen.paint(row.target.padEnd(widths.targets), "grey"),
    pen.cut(seen, taken),
  ].join("  ");
}

/** What was not read, by name. */
function notes({ read, environments }: Dashboard, pen: Pen): string[] {
  const away = environments.flatMap(({ name, unavailable }) =>
    unavailable === undefined ? [] : [`? ${name}: ${unavailable}`],
  );
  const left = read.leftOut.map(({ why, count }) => `! runs left out: ${count} ${why}`);
  return [...away, ...left]
    .flatMap((line) => wrap(visibleLine(line), pen.width - 3))
    .map((line) => pen.paint(/^[?!]/.test(line) ? line : `  ${line}`, "yellow"));
}
