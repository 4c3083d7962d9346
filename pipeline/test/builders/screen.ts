const escape = String.fromCharCode(27);
const up = new RegExp(`^(?:${escape}\\[\\?25l)?\\r${escape}\\[(\\d+)A${escape}\\[0J`);

/** The moves that the live view makes. */
export const moves = new RegExp(`${escape}\\[(?:\\?25[lh]|\\d+A|0J)|\\r`, "g");

/** A terminal small enough to be read: it knows the moves that the live view makes, and no more. */
export function createScreen(): {
  readonly write: (text: string) => void;
  readonly lines: () => string[];
  readonly text: () => string;
  readonly cursorShown: () => boolean;
} {
  let lines: string[] = [];
  let written = "";
  return {
    write: (text) => {
      written += text;
      const moved = up.exec(text);
      if (moved) lines = lines.slice(0, lines.length - Number(moved[1]));
      const rest = text.replace(moves, "");
      lines.push(...rest.split("\n").slice(0, -1));
    },
    lines: () => lines,
    text: () => written,
    cursorShown: () => written.lastIndexOf("\u001b[?25h") > written.lastIndexOf("\u001b[?25l"),
  };
}
