import { visibleLine } from "../visible.ts";
import type { Colour } from "../words.ts";

/** How a terminal line is made: colours where they are wanted, and cut to the width. */
export interface Pen {
  readonly width: number;
  readonly paint: (text: string, style: Style) => string;
  /** One line of a text from outside, safe to show, cut to what is left beside `taken` columns. */
  readonly cut: (text: string, taken: number) => string;
  /** The same for a place in a file, of which the end tells most. */
  readonly cutPlace: (place: string, columns: number) => string;
}

export type Style = Colour | "bold" | "dim";

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  grey: [90, 39],
  bold: [1, 22],
  dim: [2, 22],
};

const narrowest = 40;

export function createPen({ color, width }: { color: boolean; width: number }): Pen {
  const columns = Math.max(narrowest, Number.isFinite(width) ? Math.floor(width) : 80);
  return {
    width: columns,
    paint: (text, style) =>
      color && text !== "" ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text,
    cut: (text, taken) => fitColumns(visibleLine(text), Math.max(8, columns - taken)),
    cutPlace: (place, most) => fitEnd(visibleLine(place), most),
  };
}

/** Cuts a line to a number of columns, with an ellipsis. */
export function fitColumns(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let used = 0;
  let kept = "";
  for (const character of text) {
    used += characterWidth(character);
    if (used > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function fitEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const characters = [...text];
  let used = 1;
  let start = characters.length;
  while (start > 0 && used + characterWidth(characters[start - 1] as string) <= columns) {
    start -= 1;
    used += characterWidth(characters[start] as string);
  }
  return `…${characters.slice(start).join("")}`;
}

/** Columns that a text without control characters takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

function characterWidth(character: string): number {
  if (character <= "~") return 1;
  if (/\p{Mn}|\p{Me}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
