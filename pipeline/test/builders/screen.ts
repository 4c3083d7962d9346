const begin = String.fromCharCode(27);

/** The moves that the live view makes: the cursor hidden, shown and up, and a line erased. */
export const moves = new RegExp(`${begin}\\[(?:\\?25[lh]|\\d+A|2K)|\\r`, "g");

/** A terminal small enough to be read: it knows the moves of the live view, and no more. */
export function createScreen(): {
  readonly write: (text: string) => void;
  readonly lines: () => string[];
  readonly text: () => string;
  readonly cursorShown: () => boolean;
} {
  const lines: string[] = [""];
  let row = 0;
  let written = "";
  const act = (token: string): void => {
    if (token.endsWith("A")) row = Math.max(0, row - Number(token.slice(2, -1)));
    else if (token.endsWith("2K")) lines[row] = "";
    else if (token === "\n") row += 1;
    else if (!token.startsWith(begin) && token !== "\r") lines[row] = (lines[row] ?? "") + token;
  };
  return {
    write: (text) => {
      written += text;
      const tokens = text
        .split(new RegExp(`(${moves.source}|\\n)`))
        .filter((token) => token !== "");
      for (const token of tokens) act(token);
    },
    lines: () => lines.slice(0, row),
    text: () => written,
    cursorShown: () => written.lastIndexOf("?25h") > written.lastIndexOf("?25l"),
  };
}
