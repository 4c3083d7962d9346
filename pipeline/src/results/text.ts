// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** Takes colours, links and cursor moves out of a tool's output. */
export function stripAnsi(text: string): string {
  return text.includes("\u001b") ? text.replace(ansi, "") : text;
}

/** Takes control characters out of one line; tabs stay. */
export function stripControls(line: string): string {
  return line.replace(/\p{Cc}/gu, (control) => (control === "\t" ? control : ""));
}

/** Cuts a text to `limit` characters; the middle goes, since both ends tell most. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.floor(limit * 0.4);
  const tail = limit - head;
  const left = text.length - limit;
  return `${text.slice(0, head)}\n… ${left} characters left out …\n${text.slice(-tail)}`.toWellFormed();
}

/** Cuts a text to `limit` characters at its end, with an ellipsis. */
export function cutEnd(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).toWellFormed()}…`;
}
