import { visibleLine } from "../report/visible.ts";
import { cutEnd } from "../results/text.ts";

/** Text from outside between backticks: one line, nothing hidden, nothing that ends the quote. */
export function shown(text: string, longest = 120): string {
  const line = cutEnd(visibleLine(text).replaceAll("`", "ˋ"), longest);
  return line === "" ? "(empty)" : `\`${line}\``;
}

/** Whether a person sees less than there is: control characters, marks that turn the direction. */
export function hidesSomething(text: string): boolean {
  return visibleLine(text) !== text.trim();
}
