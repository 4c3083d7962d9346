import { z } from "zod";
import { type Parsed, unreadable } from "../parsed.ts";
import { jsonOf, lineOf, readDocument } from "./document.ts";

// What the tools' documents share.

export const count = z.int().nonnegative();

/** npm's `info` is the least there is: it counts as `low`. */
export const severity = z
  .enum(["info", "low", "moderate", "high", "critical"])
  .transform((one) => (one === "info" ? "low" : one));

/** The advisory's name at GitHub, which other tools know as well. */
export function ghsaIn(text: string): string | undefined {
  return /\bGHSA(-[0-9a-z]{4}){3}\b/.exec(text)?.[0];
}

/** A document of a form, unless the tool says instead that it could not ask. */
export function readAnswer<T extends z.ZodType>(text: string, form: T): Parsed<z.output<T>> {
  const said = refusal.safeParse(jsonOf(text));
  if (!said.success) return readDocument(text, form);
  // A registry's address may carry a password.
  return unreadable(`says: ${lineOf(said.data.replaceAll(/\/\/[^/@\s]*@/g, "//"))}`);
}

const words = z.string().min(1);

const refusal = z.union([
  z.object({ error: z.object({ summary: words }) }).transform(({ error }) => error.summary),
  z.object({ error: z.object({ message: words }) }).transform(({ error }) => error.message),
  z.object({ message: words }).transform(({ message }) => message),
  z.object({ error: z.json() }).transform(() => "an error without words"),
]);
