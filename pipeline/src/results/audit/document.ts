import type { z } from "zod";
import { type Parsed, parsed, unreadable } from "../parsed.ts";
import { cutEnd, stripAnsi, stripControls } from "../text.ts";

/** Reads a tool's answer as the form that it has to have: anything else was not understood. */
export function readDocument<T extends z.ZodType>(text: string, form: T): Parsed<z.output<T>> {
  const json = jsonOf(text);
  if (json === undefined) return unreadable(text.trim() === "" ? "is empty" : "is no JSON");
  const read = form.safeParse(json);
  if (read.success) return parsed(read.data);
  const [issue] = read.error.issues;
  return unreadable(`is not understood (${issue?.path.join(".") || "as a whole"})`);
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text of strangers as one readable line: what it may do to a terminal is taken out. */
export function lineOf(text: string, limit = 200): string {
  const plain = stripAnsi(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cf}/gu, "");
  return cutEnd(stripControls(plain).trim(), limit);
}
