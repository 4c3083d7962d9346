import { createNeedles, type Needles } from "./needles.ts";
import { formsOf } from "./secret-forms.ts";

/** Replaces secrets in text, whatever form they take there, also across the borders of chunks. */
export interface Redactor {
  readonly text: (text: string) => string;
  readonly stream: () => RedactedStream;
}

export interface RedactedStream {
  /** What can be shown of everything pushed so far; the rest is held back until it is decided. */
  readonly push: (chunk: string) => string;
  readonly end: () => string;
}

export const mask = "***";

/** A redactor for these secrets; empty and blank values mask nothing. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = createNeedles(secrets.flatMap(formsOf));
  return {
    text: (text) => masked(text, needles, true).shown,
    stream: () => redactedStream(needles),
  };
}

/** Every text inside a value of plain data, masked. */
export function redactValue<T>(value: T, redactor: Redactor): T {
  if (typeof value === "string") return redactor.text(value) as T;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactor)) as T;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [key, redactValue(item, redactor)]);
  return Object.fromEntries(entries) as T;
}

function redactedStream(needles: Needles): RedactedStream {
  let held = "";
  const pass = (buffer: string, last: boolean): string => {
    const { shown, rest } = masked(buffer, needles, last);
    held = rest;
    return shown;
  };
  return { push: (chunk) => pass(held + chunk, false), end: () => pass(held, true) };
}

/** Masks a text up to where its end may be the beginning of a secret, unless it is the last. */
function masked(text: string, needles: Needles, last: boolean): { shown: string; rest: string } {
  let shown = "";
  let from = 0;
  let at = 0;
  while (at < text.length) {
    if (!needles.mayBeginAt(text, at)) {
      at += 1;
      continue;
    }
    if (!last && needles.openAt(text, at)) break;
    const length = needles.longestAt(text, at);
    if (length > 0) {
      shown += text.slice(from, at) + mask;
      from = at + length;
    }
    at += length || 1;
  }
  return { shown: shown + text.slice(from, at), rest: text.slice(at) };
}
