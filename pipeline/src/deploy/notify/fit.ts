import { visibleLine } from "../../report/visible.ts";

/** How one character of data is written, so that it means nothing but itself. */
export type Escape = (char: string) => string;

/** One line of data, escaped, in at most so many characters: no escape is cut in half. */
export function escapedLine(text: string, most: number, write: Escape): string {
  let line = "";
  // Nobody reads more than that, and an error's text can be long.
  const whole = visibleLine(text.slice(0, most * 2));
  for (const char of whole) {
    const written = write(char);
    if (line.length + written.length > most - 1) return `${line}…`;
    line += written;
  }
  return line;
}

export interface Parts {
  readonly before: readonly string[];
  /** As many as there is room for. */
  readonly filling: readonly string[];
  readonly after: readonly string[];
}

/** Lines as one text of at most so many characters; what stands in the middle gives way. */
export function fitLines({ before, filling, after }: Parts, most: number): string {
  const rest = [...before, ...after].join("\n").length;
  const fitting: string[] = [];
  let room = most - rest;
  for (const line of filling) {
    room -= line.length + 1;
    if (room < 0) break;
    fitting.push(line);
  }
  return [...before, ...fitting, ...after].join("\n");
}

/** An address as it may stand in a link, or nothing where it is none that a chat should lead to. */
export function linkAddress(url: string, most = 300): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  const safe = href.replace(
    /[|<>()\\\s"'`*_~[\]@]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return safe.length <= most ? safe : undefined;
}
