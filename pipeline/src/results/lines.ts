/** Takes text in pieces of any size and hands out its lines, each cut to `limit` characters. */
export interface LineReader {
  readonly push: (chunk: string) => void;
  /** Hands out what stands after the last line break. */
  readonly end: () => void;
}

/** Memory stays within one line's limit, however long a line that never ends becomes. */
export function createLineReader(limit: number, take: (line: string) => void): LineReader {
  let rest = "";
  const add = (text: string): void => {
    if (rest.length < limit) rest += text.slice(0, limit - rest.length);
  };
  const flush = (): void => {
    // A lone carriage return redraws a line, as progress bars do; each state is a line.
    for (const line of rest.replace(/\r$/, "").split("\r")) take(line);
    rest = "";
  };
  return {
    push: (chunk) => {
      let start = 0;
      for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
        add(chunk.slice(start, end));
        flush();
        start = end + 1;
      }
      add(chunk.slice(start));
    },
    end: () => {
      if (rest !== "") flush();
    },
  };
}
