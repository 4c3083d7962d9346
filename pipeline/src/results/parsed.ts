/** What became of reading a report: its value, or why it cannot be read, in a person's words. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function unreadable(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
