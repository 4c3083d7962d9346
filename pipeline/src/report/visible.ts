import { stripAnsi } from "../results/text.ts";

/** Marks that turn the direction of text around, and others that are not seen. */
const unseen = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** One line in which nothing acts and nothing hides: for terminals, tables and attributes. */
export function visibleLine(text: string): string {
  return visibleText(text)
    .replace(/\s*\n\s*/g, " ⏎ ")
    .replaceAll("\t", " ")
    .trim();
}

/** Text of several lines without colours, control characters and invisible marks. */
export function visibleText(text: string): string {
  return stripAnsi(text.toWellFormed())
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Cc}/gu, (control) => (control === "\n" || control === "\t" ? control : ""))
    .replace(unseen, "");
}
