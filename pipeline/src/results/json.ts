import type { z } from "zod";
import { type Parsed, parsed, unreadable } from "./parsed.ts";
import { cutEnd } from "./text.ts";

const maximumLength = 32 * 1024 * 1024;

/**
 * A report's text as the value that a schema describes, or why it is none.
 * @param what whose results they should be, in words
 */
export function readJsonAs<T>(schema: z.ZodType<T>, text: string, what: string): Parsed<T> {
  const json = readJson(text);
  if (!json.ok) return json;
  const read = schema.safeParse(json.value);
  if (read.success) return parsed(read.data);
  const path = read.error.issues[0]?.path.join(".") ?? "";
  return unreadable(`these are not ${what}: \`${path}\` is missing or of another type`);
}

function readJson(text: string): Parsed<unknown> {
  if (text.trim() === "") return unreadable("it is empty");
  if (text.length > maximumLength) {
    return unreadable(`it is larger than ${maximumLength / 1024 / 1024} MB`);
  }
  try {
    return parsed(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable(cutEnd(`it is not valid JSON: ${message.replace(/\s+/g, " ")}`, 200));
  }
}
