import { type Html, html } from "../../html/html.ts";
import { plural } from "../../words.ts";
import type { Metric } from "../dashboard.ts";
import { meets, type Target } from "../targets.ts";
import { minute, roundValue, shownValue, targetWords } from "../words.ts";
import { axisOf, frame, placePoints, type Spot } from "./scale.ts";

export interface Chart extends Pick<Metric, "id" | "title" | "unit" | "of" | "series"> {
  readonly kind: "line" | "bars";
  readonly target?: Target | undefined;
}

/** A trend as a small picture that says the same in words; its numbers stand below it. */
export function chart(given: Chart): Html {
  const { id, title, unit, series, target, kind } = given;
  const axis = axisOf(
    series.map(({ value }) => value),
    unit,
    target?.value,
  );
  const spots = placePoints(series, axis.top, kind);
  const { left, right, top, bottom, width, height } = frame;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-name ${id}-says">
<title id="${id}-name">${title} over time</title><desc id="${id}-says">${says(given)}</desc>
${axis.marks.map((mark) => html`<line class="grid" x1="${left}" x2="${right}" y1="${heightOf(mark, axis.top)}" y2="${heightOf(mark, axis.top)}"></line><text x="${left - 5}" y="${heightOf(mark, axis.top) + 3.5}" text-anchor="end">${roundValue(mark, unit).replace(" a day", "")}</text>`)}
${kind === "bars" ? columns(spots) : line(spots)}
${target && target.value <= axis.top ? html`<line class="goal" x1="${left}" x2="${right}" y1="${heightOf(target.value, axis.top)}" y2="${heightOf(target.value, axis.top)}"></line>` : html``}
<text x="${left}" y="${height - 4}">${minute(series[0]?.at ?? "")}</text><text x="${right}" y="${height - 4}" text-anchor="end">${minute(series.at(-1)?.at ?? "")}</text>
<line class="grid" x1="${left}" x2="${left}" y1="${top}" y2="${bottom}"></line></svg>
<p class="note">${target ? `Dashed: ${targetWords(target, unit)}${target.value > axis.top ? ", above this picture" : ""}. ` : ""}Times in UTC.</p>`;
}

function heightOf(value: number, most: number): number {
  const { top, bottom } = frame;
  return Math.round((bottom - (value / most) * (bottom - top)) * 10) / 10;
}

function line(spots: readonly Spot[]): Html {
  const path = spots.map(({ x, y }) => `${x},${y}`).join(" ");
  return html`<polyline class="line" points="${path}"></polyline>${spots.map(({ x, y }) => html`<circle class="dot" cx="${x}" cy="${y}" r="2.2"></circle>`)}`;
}

function columns(spots: readonly Spot[]): Html {
  const width = Math.min(22, ((frame.right - frame.left) / Math.max(1, spots.length)) * 0.7);
  return html`${spots.map(({ x, y }) => html`<rect class="column" x="${round(x - width / 2)}" y="${y}" width="${round(width)}" height="${round(Math.max(0.8, frame.bottom - y))}"></rect>`)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The picture in words. */
function says({ series, unit, target }: Chart): string {
  const values = series.map(({ value }) => value);
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
  ];
  const shown = (value: number): string => shownValue(value, unit);
  const kept = target && values.filter((value) => meets(value, target)).length;
  return `${plural(series.length, "point")} from ${minute(series[0]?.at ?? "")} to ${minute(series.at(-1)?.at ?? "")} UTC: lowest ${shown(low)}, highest ${shown(high)}, last ${shown(values.at(-1) ?? 0)}.${kept === undefined ? "" : ` ${kept} of them within the target.`}`;
}
