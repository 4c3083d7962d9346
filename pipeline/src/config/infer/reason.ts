/** A parser's complaint in one line that does nothing to a terminal. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n")[0] ?? "";
  return line.replaceAll(/\p{Cc}/gu, "?").slice(0, 200) || "it cannot be parsed";
}
