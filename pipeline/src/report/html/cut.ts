/** The end of a text, from a line's beginning, with a word about what is not shown. */
export function cutStart(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.slice(-longest);
  const line = end.indexOf("\n") + 1;
  const kept = end.slice(line).toWellFormed();
  return `… ${text.length - kept.length} characters before this are in the log file …\n${kept}`;
}
