import { cutEnd } from "../../results/text.ts";
import { visibleLine, visibleText } from "../visible.ts";

const longestLine = 500;

/**
 * Text from outside as one line of Markdown that means nothing but itself: no markup, no HTML, no
 * cell border, no mention, no reference, no link.
 */
export function inline(text: string, longest = longestLine): string {
  return escapeLine(cutEnd(visibleLine(text), longest));
}

function escapeLine(line: string): string {
  return line
    .replace(/[&<>`*_[\]\\|~#@!$]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/:(?=\/\/)|(?<=www)\./gi, (sign) => `&#${sign.charCodeAt(0)};&#8203;`)
    .replace(/&#(?:64|35);/g, "$&&#8203;");
}

/** The same for a sentence in which words stand between backticks, as tools write them: as code. */
export function prose(text: string, longest = longestLine): string {
  const parts = cutEnd(visibleLine(text), longest).split(/(`[^`]+`)/);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return code(part.slice(1, -1)) || escapeLine(part);
      // Two spans of code side by side would run into each other.
      const joins = part === "" && index > 0 && index < parts.length - 1;
      return joins ? "&#8203;" : escapeLine(part);
    })
    .join("");
}

/** Text from outside as code in a line; not for tables, where nothing escapes a `|` in it for sure. */
export function code(text: string, longest = longestLine): string {
  const line = cutEnd(visibleLine(text), longest);
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line) + 1);
  // One space on either side is taken off again, so that a backtick may stand at an end.
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text from outside as a block of code that nothing in it can end. */
export function codeBlock(text: string, language = ""): string {
  const body = visibleText(text).replace(/\s+$/, "");
  const fence = "`".repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
